package com.cruddur.db.json;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A query that can be run inside another statement, as its sub-select {@code r}. */
interface WrappedQuery {

  /** Reads the rows of a statement. */
  @FunctionalInterface
  interface RowReader<T> {

    T read(ResultSet rows) throws SQLException;
  }

  /** Runs {@code <select> FROM (<query>) AS r <rest>} and hands out the driver's own rows. */
  <T> T run(Connection connection, String select, String rest, RowReader<T> reader)
      throws SQLException;
}
