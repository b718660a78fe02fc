package com.cruddur.db.benchmarks.coldstart;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Inserts a user as one would by hand: one connection, one statement, no library but the driver. */
final class ByHand {

  private static final String INSERT =
      "INSERT INTO public.users (cognito_user_id, display_name, handle, email)"
          + " VALUES (?, ?, ?, ?) RETURNING uuid";

  private ByHand() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = connect()) {
      insert(connection, arguments[0]);
      Report.print();
    }
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        System.getenv("JDBC_URL"), System.getenv("USER_NAME"), System.getenv("PASSWORD"));
  }

  static void insert(Connection connection, String sub) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, sub);
      statement.setString(2, "Name");
      statement.setString(3, "handle-" + sub);
      statement.setString(4, "name@example.org");
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        row.getString(1);
      }
    }
  }
}
