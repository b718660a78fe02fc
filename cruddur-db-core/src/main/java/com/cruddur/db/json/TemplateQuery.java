package com.cruddur.db.json;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A query of SQL text, without jOOQ. */
record TemplateQuery(SqlTemplate template) implements WrappedQuery {

  @Override
  public <T> T run(Connection connection, String select, String rest, RowReader<T> reader)
      throws SQLException {
    String sql = select + " FROM (" + template.jdbcText() + ") AS r " + rest;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      template.setValues(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return reader.read(rows);
      }
    }
  }
}
