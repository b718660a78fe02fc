package com.cruddur.db.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The little of JDBC that this package needs, on one connection. */
final class Sql {

  /** Reads one row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static final int PORTION = 1000;

  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Returns the address that was dialled, or null where the driver does not tell it. */
  @Nullable String url() throws SQLException {
    return connection.getMetaData().getURL();
  }

  <T> List<T> list(String query, Row<T> row, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(query, values)) {
      return rows(statement, row);
    }
  }

  private static <T> List<T> rows(PreparedStatement statement, Row<T> row) throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(row.read(result));
      }
      return rows;
    }
  }

  /** As {@link #list}, where the driver need not hold the rows too. For use in a transaction. */
  <T> List<T> inPortions(String query, Row<T> row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setFetchSize(PORTION);
      return rows(statement, row);
    }
  }

  <T> Optional<T> first(String query, Row<T> row, Object... values) throws SQLException {
    return list(query, row, values).stream().findFirst();
  }

  List<String> texts(String query, Object... values) throws SQLException {
    return list(query, row -> row.getString(1), values);
  }

  boolean holds(String condition, Object... values) throws SQLException {
    return first("SELECT " + condition, row -> row.getBoolean(1), values).orElse(false);
  }

  void execute(String statementText, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(statementText, values)) {
      statement.execute();
    }
  }

  private PreparedStatement prepare(String text, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
