package com.cruddur.db.json;

import com.cruddur.db.internal.Jooq;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;

/** A query of jOOQ's: jOOQ renders and binds, and the driver's rows are passed through. */
record JooqQuery(Select<?> query) implements WrappedQuery {

  @Override
  public <T> T run(Connection connection, String select, String rest, RowReader<T> reader)
      throws SQLException {
    String sql = select + " FROM ({0}) AS r " + rest;
    try (ResultSet rows = Jooq.on(connection).resultQuery(sql, query).fetchResultSet()) {
      return reader.read(rows);
    } catch (DataAccessException failure) {
      SQLException reason = failure.getCause(SQLException.class);
      if (reason == null) {
        throw failure;
      }
      throw reason;
    }
  }
}
