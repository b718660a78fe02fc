package com.cruddur.db.json;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A query, or a statement with RETURNING, whose rows another query reads as {@code r}. */
interface WrappedQuery {

  /** Asks the driver for all rows at once. */
  int ALL_ROWS = 0;

  /** Reads the rows of a statement. */
  @FunctionalInterface
  interface RowReader<T> {

    T read(ResultSet rows) throws SQLException;
  }

  /**
   * Runs {@code <select> FROM (<query>) AS r <rest>} and hands out the driver's own rows.
   *
   * @param fetchSize how many rows the driver asks for at first; matters in a transaction only
   */
  <T> T run(Connection connection, String select, String rest, int fetchSize, RowReader<T> reader)
      throws SQLException;

  /** Runs the query as it is. */
  <T> T runAlone(Connection connection, RowReader<T> reader) throws SQLException;

  /** Returns what it is called where queries are watched, if it has no name of its own. */
  String name(String otherwise);

  /** Returns what it does, such as {@code SELECT}. */
  String operation();

  /**
   * Returns how deep in its only column JSON of {@link JsonWrap} is, whose keys are to be looked at
   * too; 0 if it is none.
   */
  int wraps();

  /** Returns whether it changes rows, so that a failure in reading its answer must undo it. */
  boolean changesRows();
}
