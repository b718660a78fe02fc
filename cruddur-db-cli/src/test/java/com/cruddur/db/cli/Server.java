package com.cruddur.db.cli;

import com.cruddur.db.testkit.LocalPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
