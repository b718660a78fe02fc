package com.cruddur.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A server with TLS that asks everybody but its superuser for a password. */
final class SecureServer implements AutoCloseable {

  private final Path folder = Files.createTempDirectory("cruddur-db-tls-");
  private final EmbeddedPostgres server;
  final TestCertificate authority = TestCertificate.authority("Test authority");
  final TestCertificate good = authority.sign("localhost", Duration.ofDays(1));

  SecureServer() throws IOException, GeneralSecurityException, SQLException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    write("pg_hba.conf", "host all postgres all trust\nhost all all all scram-sha-256\n");
    install(good);
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("hba_file", folder.resolve("pg_hba.conf").toString())
            .setServerConfig("ssl_cert_file", folder.resolve("server.crt").toString())
            .setServerConfig("ssl_key_file", folder.resolve("server.key").toString())
            // It asks for a client's certificate, and is content without one.
            .setServerConfig("ssl_ca_file", rootCertificate(authority).toString())
            .setServerConfig("ssl", "on")
            .setServerConfig("log_statement", "none")
            .start();
  }

  int port() {
    return server.getPort();
  }

  Path rootCertificate(TestCertificate root) throws IOException {
    return write(root.name().replace(' ', '-') + ".crt", root.pem());
  }

  /** Shows another certificate from now on. */
  void show(TestCertificate certificate) throws IOException, SQLException, InterruptedException {
    install(certificate);
    execute("SELECT pg_reload_conf()");
    // The postmaster reads its files a moment after it was told.
    Thread.sleep(200);
  }

  private void install(TestCertificate certificate) throws IOException {
    write("server.crt", certificate.pem());
    write("server.key", certificate.keyPem());
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  Path write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(name.endsWith(".key") ? "rw-------" : "rw-r--r--"));
    return file;
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
