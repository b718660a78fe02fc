package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a program trusts that names no certificates, in JVMs of their own. */
class TrustTest {

  private static final String RDS_HOST = "db.c1a2b3.eu-west-1.rds.amazonaws.com";
  private static SecureServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = new SecureServer();
    server.execute("CREATE ROLE ann LOGIN PASSWORD 'right'");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void isTheTrustStoreOfTheJvmForTheSystem() throws Exception {
    String url = url("localhost") + "&sslrootcert=system";
    assertThat(connect(List.of(), trustStore(), url)).contains("encrypted true");
    assertThat(connect(List.of(), List.of(), url)).contains("authority that is not trusted here");
  }

  @Test
  void isTheRootsOfRdsForItsHostsAndVerifiesTheirNames() throws Exception {
    server.show(server.authority.sign(RDS_HOST, Duration.ofDays(1)));
    try {
      assertThat(connect(List.of(roots()), hosts(), url(RDS_HOST))).contains("encrypted true");
      assertThat(connect(List.of(roots()), hosts(), url("other.rds.amazonaws.com")))
          .contains("could not be verified");
    } finally {
      server.show(server.good);
    }
  }

  @Test
  void isNobodyElseForTheHostsOfRds() throws Exception {
    server.show(server.authority.sign(RDS_HOST, Duration.ofDays(1)));
    try {
      // The test's authority is in the JVM's trust store, and not among the roots of RDS.
      List<String> options = List.of(hosts().get(0), trustStore().get(0));
      assertThat(connect(List.of(), options, url(RDS_HOST)))
          .contains("authority that is not trusted here");
    } finally {
      server.show(server.good);
    }
  }

  private String connect(List<Path> first, List<String> options, String url) throws Exception {
    return ForkedJvm.run(folder, first, options, ConnectingProgram.class, url);
  }

  private static String url(String host) {
    // A JVM that has loaded nothing yet, on a busy machine, is slow in its first handshake.
    return "postgresql://ann:right@" + host + ":" + server.port() + "/postgres?connect_timeout=30";
  }

  private List<String> trustStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "test",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(server.authority.encoded())));
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, "changeit".toCharArray());
    }
    return List.of(
        "-Djavax.net.ssl.trustStore=" + file, "-Djavax.net.ssl.trustStorePassword=changeit");
  }

  /** Resolves the names of RDS to this machine. */
  private List<String> hosts() throws Exception {
    Path file = folder.resolve("hosts");
    Files.writeString(file, "127.0.0.1 " + RDS_HOST + "\n127.0.0.1 other.rds.amazonaws.com\n");
    return List.of("-Djdk.net.hosts.file=" + file);
  }

  /** Stands where the roots of RDS are, on the class path. */
  private Path roots() throws Exception {
    Path roots = folder.resolve("roots");
    Path file = roots.resolve("com/cruddur/db/internal/rds-roots.pem");
    Files.createDirectories(file.getParent());
    Files.writeString(file, server.authority.pem());
    return roots;
  }
}
