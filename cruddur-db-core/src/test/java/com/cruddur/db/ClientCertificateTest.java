package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.time.Duration;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's certificate and its key, shown to a server that asks for them. */
class ClientCertificateTest {

  private static SecureServer server;
  private static TestCertificate certificate;
  private static Path certificateFile;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = new SecureServer();
    server.execute("CREATE ROLE ann LOGIN PASSWORD 'right'");
    certificate = server.authority.sign("ann", Duration.ofDays(1));
    certificateFile = server.write("ann.crt", certificate.pem());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void isShown() throws Exception {
    Path key = key("ann.pk8", "rw-------", certificate.keys().getPrivate().getEncoded());
    try (CruddurDb db = CruddurDb.open(url(key, ""))) {
      String sql = "SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      assertThat(db.dsl().fetchValue(sql)).isEqualTo("/CN=ann");
    }
  }

  @Test
  void isRefusedWithAKeyThatOthersCanRead() throws Exception {
    Path key = key("ann.key", "rw-rw-rw-", certificate.keys().getPrivate().getEncoded());
    assertFailure(url(key, ""), "chmod 600");
  }

  @Test
  void isRefusedWithAKeyThatIsNone() throws Exception {
    assertFailure(url(key("bad.pk8", "rw-------", new byte[] {1, 2, 3}), ""), "PKCS-8");
    assertFailure(url(key("bad.p12", "rw-------", new byte[] {1, 2, 3}), ""), "PKCS-12");
    assertFailure(url(key("bad.pem", "rw-------", new byte[] {1, 2, 3}), ""), "RSA in PEM");
    byte[] elliptic = certificate.keyPem().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertFailure(url(key("ec.pem", "rw-------", elliptic), ""), "RSA in PEM");
  }

  @Test
  void needsThePasswordOfItsKey() throws Exception {
    Path key = key("locked.pk8", "rw-------", encrypted("opens"));
    try (CruddurDb db = CruddurDb.open(url(key, "&sslpassword=opens"))) {
      assertThat(db.dsl().fetchValue("SELECT 1")).isEqualTo(1);
    }
    assertFailure(url(key, "&sslpassword=canary-7f3a"), "sslpassword opens it");
    assertFailure(url(key, ""), "sslpassword opens it");
  }

  @Test
  void doesNotTellAKeyThatStandsWhereItsFileBelongs() {
    assertFailure(url(Path.of("canary-7f3a.pem"), ""), "sslkey");
  }

  private static byte[] encrypted(String password) throws Exception {
    String algorithm = "PBEWithSHA1AndDESede";
    Key key =
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    byte[] content = cipher.doFinal(certificate.keys().getPrivate().getEncoded());
    return new EncryptedPrivateKeyInfo(cipher.getParameters(), content).getEncoded();
  }

  private Path key(String name, String permissions, byte[] content) throws Exception {
    Path file = Files.write(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static ConnectionUrl url(Path key, String more) {
    return ConnectionUrl.parse(
        "postgresql://ann:right@localhost:%d/postgres?sslmode=require&sslcert=%s&sslkey=%s%s"
            .formatted(server.port(), certificateFile, key, more));
  }

  private static void assertFailure(ConnectionUrl url, String remedy) {
    ConnectionFailedException failure =
        catchThrowableOfType(ConnectionFailedException.class, () -> CruddurDb.open(url).close());
    assertThat(failure)
        .as("%s", url)
        .message()
        .contains("localhost:" + server.port() + "/postgres as user ann: ", "SQLSTATE 08006")
        .contains("sslkey", remedy)
        .doesNotContain("canary", "Check the password");
    assertThat(failure).satisfies(ClientCertificateTest::noSecret);
  }

  private static void noSecret(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain("canary");
    }
  }
}
