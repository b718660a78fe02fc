package com.cruddur.db.cli;

import com.cruddur.db.testkit.LocalPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A real server for commands, with users and databases of hostile names. */
final class Server implements AutoCloseable {

  /** Each character of it breaks some shell, URL or service file. */
  static final String PASSWORD = "pass!word@/%'\" canary-51d0";

  private final LocalPostgres postgres = LocalPostgres.start();

  static Server start() {
    return new Server();
  }

  int port() {
    return postgres.port();
  }

  /** Makes a user that may create databases, with {@link #PASSWORD}. */
  void createUser(String name) throws SQLException {
    execute(
        "postgres",
        "CREATE ROLE %s LOGIN CREATEDB PASSWORD '%s'"
            .formatted(Sql.identifier(name), PASSWORD.replace("'", "''")));
  }

  String url(String user, String password, String host, String database) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(encoded(user), encoded(password), host, port(), encoded(database));
  }

  String url(String database) {
    return url("postgres", password(), "127.0.0.1", database);
  }

  /** Returns an environment with the superuser's address of a database. */
  Map<String, String> environment(String database) {
    return Map.of("CONNECTION_URL", url(database));
  }

  Map<String, String> environment(String user, String database) {
    return Map.of("CONNECTION_URL", url(user, PASSWORD, "127.0.0.1", database));
  }

  String password() {
    return postgres.url().password().orElseThrow();
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Connection connect(String database, String program) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", password());
    properties.setProperty("ApplicationName", program);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port() + "/" + encoded(database), properties);
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = connect(database, "test");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> texts(String database, String query) throws SQLException {
    try (Connection connection = connect(database, "test")) {
      return Sql.list(connection, query, row -> row.getString(1));
    }
  }

  /** Lets the server show a certificate of the host "elsewhere", server.crt of the directory. */
  void turnOnTls(Path directory) throws Exception {
    Path store = directory.resolve("key.p12");
    char[] word = "of the test".toCharArray();
    Process keytool =
        new ProcessBuilder(
                "%s|-genkeypair|-alias|server|-keyalg|EC|-dname|CN=elsewhere|-validity|2|-storetype|PKCS12|-keystore|%s|-storepass|%s"
                    .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "keytool"),
                        store,
                        String.valueOf(word))
                    .split("\\|"))
            .redirectErrorStream(true)
            .start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError(new String(keytool.getInputStream().readAllBytes()));
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), word);
    String certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
    Files.writeString(directory.resolve("server.crt"), certificate);
    writeAsServer("server.crt", certificate);
    writeAsServer("server.key", pem("PRIVATE KEY", keys.getKey("server", word).getEncoded()));
    setTls("on");
  }

  void setTls(String onOrOff) throws Exception {
    execute("postgres", "ALTER SYSTEM SET ssl = " + onOrOff);
    execute("postgres", "SELECT pg_reload_conf()");
    // The postmaster reads its files a moment after it was told.
    Thread.sleep(300);
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
  }

  /** The user of the operating system whom the server runs as has to own its key. */
  private void writeAsServer(String file, String content) throws SQLException {
    execute(
        "postgres",
        "COPY (SELECT unnest(string_to_array('%s', E'\\n'))) TO PROGRAM 'umask 077; cat > %s'"
            .formatted(content, file));
  }

  boolean has(String database) throws SQLException {
    return texts("postgres", "SELECT datname FROM pg_database").contains(database);
  }

  /** Makes a migrated and seeded database, with a name of its environment. */
  void setUp(String database, String environment) throws Exception {
    Map<String, String> variables =
        Map.of(environment.toUpperCase(java.util.Locale.ROOT) + "_CONNECTION_URL", url(database));
    CommandProcess.Result result =
        CommandProcess.run(variables, "setup", "--env", environment, "--force-protected", database);
    if (result.exitCode() != 0) {
      throw new AssertionError(result.err());
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
