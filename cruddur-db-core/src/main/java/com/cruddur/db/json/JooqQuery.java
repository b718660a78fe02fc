package com.cruddur.db.json;

import com.cruddur.db.internal.Jooq;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.ResultQuery;
import org.jooq.Select;

/** A query of jOOQ's: jOOQ renders and binds, and the driver's rows are passed through. */
record JooqQuery(ResultQuery<?> query) implements WrappedQuery {

  static {
    // Not everybody who comes here has opened a CruddurDb, which does it too.
    Jooq.warmUp();
  }

  @Override
  public <T> T run(
      Connection connection, String select, String rest, int fetchSize, RowReader<T> reader)
      throws SQLException {
    return run(connection, select + " FROM ({0}) AS r " + rest, fetchSize, reader);
  }

  @Override
  public <T> T runAlone(Connection connection, RowReader<T> reader) throws SQLException {
    return run(connection, "{0}", ALL_ROWS, reader);
  }

  private <T> T run(Connection connection, String sql, int fetchSize, RowReader<T> reader)
      throws SQLException {
    ResultQuery<?> wrapped = Jooq.on(connection).resultQuery(sql, query).fetchSize(fetchSize);
    try (ResultSet rows = wrapped.fetchResultSet()) {
      return reader.read(rows);
    }
  }

  @Override
  public String name(String otherwise) {
    return otherwise;
  }

  @Override
  public String operation() {
    return changesRows() ? "RETURNING" : "SELECT";
  }

  @Override
  public int wraps() {
    return 0;
  }

  @Override
  public boolean changesRows() {
    return !(query instanceof Select);
  }

  /**
   * Runs a statement for what it does, and returns how many rows it changed or returned.
   *
   * <p>It runs as a part of another: by itself jOOQ would note the connection in the statement, and
   * others may be running the same one.
   */
  static long execute(Connection connection, Query statement) {
    DSLContext jooq = Jooq.on(connection);
    return statement instanceof ResultQuery<?>
        ? jooq.resultQuery("{0}", statement).execute()
        : jooq.query("{0}", statement).execute();
  }
}
