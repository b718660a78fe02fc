package com.example.signup;

import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A server with TLS, the migrated database, and a login that may do what the function needs. */
final class Database implements AutoCloseable {

  static final String PASSWORD = "S3cret-of-the-function";

  // Where root runs the tests, the server is another user, who has to get there.
  private final Path folder =
      Files.setPosixFilePermissions(
          Files.createTempDirectory("signup-"), PosixFilePermissions.fromString("rwx--x--x"));
  private LocalPostgres server = LocalPostgres.builder().keptIn(folder.resolve("server")).start();
  // No pool: the server is restarted, and this is not what is tested.
  private final PGSimpleDataSource owner = new PGSimpleDataSource();
  private final Path certificate = server.directory().resolve("server.crt");

  Database() throws Exception {
    owner.setUrl(server.url().jdbcUrl());
    owner.setUser(server.url().user().orElseThrow());
    owner.setPassword(server.url().password().orElseThrow());
    Migrations.of(owner).migrate();
    Migrations.of(owner).roles();
    execute("CREATE ROLE signup LOGIN IN ROLE cruddur_app PASSWORD '" + PASSWORD + "'");
    switchTlsOn();
  }

  private void switchTlsOn() throws Exception {
    Path key = server.directory().resolve("server.key");
    writeCertificate(certificate, key);
    Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.setOwner(key, Files.getOwner(server.directory().resolve("data")));
    execute("ALTER SYSTEM SET ssl_cert_file = '" + certificate + "'");
    execute("ALTER SYSTEM SET ssl_key_file = '" + key + "'");
    execute("ALTER SYSTEM SET ssl = on");
    execute("SELECT pg_reload_conf()");
    // The postmaster reads its files a moment after it was told.
    Thread.sleep(300);
  }

  private static void writeCertificate(Path certificate, Path key)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = certificate.resolveSibling("store.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost",
        "-ext", "san=dns:localhost", "-validity", "2", "-storetype", "PKCS12",
        "-storepass", "changeit", "-keystore", store.toString());
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    write(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
    write(key, "PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
    Files.delete(store);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed");
    }
  }

  private static void write(Path file, String label, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, text, label));
  }

  /** The address for the function: the server's certificate is verified. */
  String url() {
    return url("signup:" + PASSWORD);
  }

  String url(String userInfo) {
    return "postgresql://%s@localhost:%d/postgres?sslmode=verify-full&sslrootcert=%s"
        .formatted(userInfo, server.port(), certificate);
  }

  /** Stops the server, and starts it again at the same address. */
  void restart() throws Exception {
    whileDown(() -> null);
  }

  /** Calls something while the server is stopped, which then comes back at the same address. */
  <T> T whileDown(Callable<T> work) throws Exception {
    int port = server.port();
    server.close();
    try {
      return work.call();
    } finally {
      server = LocalPostgres.builder().keptIn(folder.resolve("server")).port(port).start();
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String value(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /** Locks the table of users until what is returned is closed. */
  AutoCloseable lockUsers() throws SQLException {
    Connection connection = owner.getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
    }
    return () -> {
      connection.rollback();
      connection.close();
    };
  }

  /** Ends every session of the function. */
  void endSessions() throws SQLException {
    execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('signup', 'rotated')");
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
