package com.cruddur.db.json;

import com.cruddur.db.internal.NamedQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A query of SQL text, without jOOQ. */
record TemplateQuery(SqlTemplate template) implements WrappedQuery {

  @Override
  public <T> T run(
      Connection connection, String select, String rest, int fetchSize, RowReader<T> reader)
      throws SQLException {
    return run(connection, template.wrapped(select, rest), fetchSize, reader);
  }

  @Override
  public <T> T runAlone(Connection connection, RowReader<T> reader) throws SQLException {
    return run(connection, template, ALL_ROWS, reader);
  }

  private static <T> T run(
      Connection connection, SqlTemplate query, int fetchSize, RowReader<T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query.jdbcText())) {
      query.setValues(statement);
      statement.setFetchSize(fetchSize);
      try (ResultSet rows = statement.executeQuery()) {
        return reader.read(rows);
      }
    }
  }

  /** A resource is called as the templates of old: activities/home.sql is activities.home. */
  @Override
  public String name(String otherwise) {
    String path = template.resource();
    if (path == null) {
      return otherwise;
    }
    String name = path.endsWith(".sql") ? path.substring(0, path.length() - 4) : path;
    return name.replace('/', '.');
  }

  @Override
  public String operation() {
    return NamedQuery.operation(template.jdbcText());
  }

  @Override
  public int wraps() {
    return template.wraps();
  }

  @Override
  public boolean changesRows() {
    return template.changesRows();
  }

  /** Runs the statement for what it does, and returns how many rows it changed or returned. */
  long execute(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(template.jdbcText())) {
      template.setValues(statement);
      if (!statement.execute()) {
        return statement.getLargeUpdateCount();
      }
      try (ResultSet rows = statement.getResultSet()) {
        long count = 0;
        while (rows.next()) {
          count++;
        }
        return count;
      }
    }
  }
}
