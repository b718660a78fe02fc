package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A server that is there already, named by an address in the environment. */
final class UrlServer {

  static final String VARIABLE = "CRUDDUR_TEST_URL";
  static final String EXAMPLE = "postgresql://user:password@localhost:5432/postgres";

  private static final int OLDEST_MAJOR = 14;

  private UrlServer() {}

  static boolean isNamed() {
    String value = System.getenv(VARIABLE);
    return value != null && !value.isBlank();
  }

  static OpenServer open() {
    return open(address());
  }

  static OpenServer open(ConnectionUrl address) {
    DatabaseServer server = new DatabaseServer(address, false);
    try (Connection connection = server.connect()) {
      check(connection);
      return OpenServer.of(server);
    } catch (SQLException failure) {
      throw new TestDatabaseException(
          "%s cannot be reached. Check %s".formatted(server, VARIABLE), failure);
    }
  }

  private static ConnectionUrl address() {
    try {
      return ConnectionUrl.fromEnvironment(VARIABLE);
    } catch (IllegalStateException | IllegalArgumentException failure) {
      throw new TestDatabaseException(failure.getMessage() + " An example: " + EXAMPLE);
    }
  }

  private static void check(Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST_MAJOR) {
      throw new TestDatabaseException(
          "The server in %s is PostgreSQL %d. Name one of %d or newer."
              .formatted(VARIABLE, major, OLDEST_MAJOR));
    }
    String query =
        "SELECT rolname, rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (rows.next() && !rows.getBoolean(2)) {
        throw new TestDatabaseException(
            "The user %1$s in %2$s may not create databases. Let a superuser run: ALTER ROLE %1$s CREATEDB"
                .formatted(rows.getString(1), VARIABLE));
      }
    }
  }
}
