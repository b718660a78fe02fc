package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * The role that tests log in as. Its sessions are {@code cruddur_app} from their start, so a test
 * has the rights of the service, and notices one that is missing.
 */
final class AppLogin {

  static final String ROLE = "cruddur_testkit";

  /** As many as PostgreSQL's default. */
  private static final int ITERATIONS = 4096;

  private AppLogin() {}

  /** Returns whether the session may create roles, without which there is no such login. */
  static boolean isPossible(Connection connection) throws SQLException {
    return holds(
        connection,
        "SELECT rolsuper OR rolcreaterole FROM pg_catalog.pg_roles WHERE rolname = current_user");
  }

  /** Makes the role unless it is there, and gives it its password. */
  static void create(Connection connection, DatabaseServer server) throws SQLException {
    String exists = "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '%s')";
    if (!holds(connection, exists.formatted(ROLE))) {
      DatabaseServer.execute(connection, "CREATE ROLE " + ROLE);
      DatabaseServer.execute(connection, "GRANT cruddur_app TO " + ROLE);
    }
    DatabaseServer.execute(
        connection, "ALTER ROLE " + ROLE + " LOGIN PASSWORD '" + verifier(server) + "'");
    DatabaseServer.execute(connection, "ALTER ROLE " + ROLE + " SET role = 'cruddur_app'");
    if (server.isOurs()) {
      String verifier = ScramVerifier.ofRandom(server.url().password().orElseThrow());
      DatabaseServer.execute(connection, "ALTER ROLE CURRENT_USER PASSWORD '" + verifier + "'");
    }
  }

  private static String verifier(DatabaseServer server) {
    String password = password(server.url());
    return server.isOurs()
        ? ScramVerifier.ofRandom(password)
        : ScramVerifier.of(password, ITERATIONS);
  }

  /** Returns the same address for this role. */
  static ConnectionUrl url(ConnectionUrl owner) {
    String parameters =
        owner.parameters().entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    String hosts = owner.hosts().stream().map(Object::toString).collect(Collectors.joining(","));
    return ConnectionUrl.parse(
        "postgresql://%s:%s@%s/%s?%s"
            .formatted(ROLE, password(owner), hosts, encode(owner.database()), parameters));
  }

  /** From the owner's, so that every JVM that has that knows it; it does not lead back to it. */
  private static String password(ConnectionUrl owner) {
    String secret = owner.password().orElseThrow();
    return ScramVerifier.digest(ROLE + " of " + secret);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static boolean holds(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
