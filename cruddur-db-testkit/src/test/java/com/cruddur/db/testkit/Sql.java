package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Talks to a server by the driver alone. */
final class Sql {

  private Sql() {}

  static Connection connect(int port, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres?sslmode=disable".formatted(port),
        "postgres",
        password);
  }

  static @Nullable String ask(LocalPostgres server, String query) throws SQLException {
    return ask(uri(server), query);
  }

  static @Nullable String ask(String uri, String query) throws SQLException {
    try (Connection connection =
            DatabaseServer.dataSource(ConnectionUrl.parse(uri)).getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  /** Asks another database of the server. */
  static @Nullable String askOwner(LocalPostgres server, String database, String query)
      throws SQLException {
    try (Connection connection =
            new DatabaseServer(server.url(), true).owner(database).getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  static void run(LocalPostgres server, String command) throws SQLException {
    try (Connection connection = connect(server.port(), password(server));
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /** Asks a server for the directory of its data, settings and log. */
  static Path home(ConnectionUrl owner) throws SQLException {
    return Path.of(String.valueOf(ask(uri(owner), "SHOW data_directory"))).resolveSibling("");
  }

  static String password(LocalPostgres server) {
    return password(uri(server));
  }

  /** Returns the address with its password, for another process. */
  static String uri(LocalPostgres server) {
    return uri(server.url());
  }

  static String uri(ConnectionUrl url) {
    return "postgresql://%s:%s@%s/%s?sslmode=disable"
        .formatted(
            url.user().orElseThrow(),
            url.password().orElseThrow(),
            url.hosts().getFirst(),
            url.database());
  }

  private static String password(String uri) {
    return uri.replaceAll(".*postgres:(.*)@.*", "$1");
  }
}
