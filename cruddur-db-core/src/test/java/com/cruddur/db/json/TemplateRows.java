package com.cruddur.db.json;

import com.cruddur.db.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Runs templates on the test server and reads what they answer. */
final class TemplateRows {

  private TemplateRows() {}

  static Connection connect() throws SQLException {
    return connect("preferQueryMode", "extended");
  }

  /** Connects with a parameter of the driver, such as {@code preferQueryMode=simple}. */
  static Connection connect(String parameter, String value) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", "postgres");
    properties.setProperty(parameter, value);
    return DriverManager.getConnection(TestServer.url().jdbcUrl(), properties);
  }

  /** Returns the columns of the only row as texts. */
  static List<@Nullable String> row(Connection connection, SqlTemplate template)
      throws SQLException {
    return row(connection, template.jdbcText(), template);
  }

  /** Returns the same from the text as a sub-select, which is how JSON is made of it. */
  static List<@Nullable String> wrappedRow(Connection connection, SqlTemplate template)
      throws SQLException {
    return row(connection, "select r.* from (" + template.jdbcText() + ") r", template);
  }

  private static List<@Nullable String> row(
      Connection connection, String text, SqlTemplate template) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(text)) {
      template.setValues(prepared);
      try (ResultSet rows = prepared.executeQuery()) {
        return onlyRow(rows);
      }
    }
  }

  private static List<@Nullable String> onlyRow(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      throw new AssertionError("no row");
    }
    List<@Nullable String> columns = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      columns.add(rows.getString(i));
    }
    if (rows.next()) {
      throw new AssertionError("more than one row");
    }
    return columns;
  }
}
