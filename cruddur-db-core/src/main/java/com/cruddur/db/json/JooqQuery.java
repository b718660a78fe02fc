package com.cruddur.db.json;

import com.cruddur.db.internal.Jooq;
import com.cruddur.db.internal.SqlWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jooq.Query;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;

/** A query of jOOQ's: jOOQ renders and binds, and the driver's rows are passed through. */
record JooqQuery(ResultQuery<?> query) implements WrappedQuery {

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
    return translated(
        connection,
        same -> {
          ResultQuery<?> wrapped = Jooq.on(same).resultQuery(sql, query).fetchSize(fetchSize);
          try (ResultSet rows = wrapped.fetchResultSet()) {
            return reader.read(rows);
          }
        });
  }

  @Override
  public boolean changesRows() {
    return !(query instanceof Select);
  }

  /** Runs a statement for what it does, and returns how many rows it changed or returned. */
  static long execute(Connection connection, Query statement) throws SQLException {
    return translated(connection, same -> (long) Jooq.on(same).execute(statement));
  }

  private static <T> T translated(Connection connection, SqlWork<T> work) throws SQLException {
    try {
      return work.run(connection);
    } catch (DataAccessException failure) {
      SQLException reason = failure.getCause(SQLException.class);
      if (reason == null) {
        throw failure;
      }
      throw reason;
    }
  }
}
