package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Borrows a connection for one piece of work and tells its failure in the library's exceptions. */
public final class Connections {

  private Connections() {}

  /**
   * Runs the work on a connection of the data source, gives the connection back, and tells whoever
   * watches.
   */
  public static <T extends @Nullable Object> T call(
      DataSource dataSource, NamedQuery<? super T> query, SqlWork<T> work) {
    Telemetry.Watch watch = Telemetry.of(dataSource).begin(query.name(), query.operation());
    try {
      T answer = call(dataSource, connection -> work.run(watch.connected(connection)));
      watch.end(query.length().applyAsLong(answer), null);
      return answer;
    } catch (Throwable failure) {
      watch.end(0, failure);
      throw failure;
    }
  }

  /** Runs the work on a connection of the data source and gives the connection back. */
  public static <T extends @Nullable Object> T call(DataSource dataSource, SqlWork<T> work) {
    Connection connection = borrow(dataSource);
    try (connection) {
      return work.run(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  /**
   * Runs the work in a transaction: in the one that the connection is in, or else in one of its own
   * that is committed at the end.
   */
  public static <T extends @Nullable Object> T inTransaction(
      DataSource dataSource, NamedQuery<? super T> query, SqlWork<T> work) {
    return call(dataSource, query, connection -> inTransaction(connection, work));
  }

  /** Does the same on a connection that was borrowed already. */
  public static <T extends @Nullable Object> T inTransaction(Connection connection, SqlWork<T> work)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      return work.run(connection);
    }
    connection.setAutoCommit(false);
    try {
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException | RuntimeException failure) {
      rollBack(connection, failure);
      throw failure;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Runs the work, in a transaction only if a failure after its statement must undo that. */
  public static <T extends @Nullable Object> T forQuery(
      DataSource dataSource, NamedQuery<? super T> query, boolean changesRows, SqlWork<T> work) {
    return changesRows ? inTransaction(dataSource, query, work) : call(dataSource, query, work);
  }

  /** Keeps the failure that led here: one of the rollback is only added to it. */
  private static void rollBack(Connection connection, Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /** Borrows a connection that the caller gives back by closing it. */
  public static Connection borrow(DataSource dataSource) {
    try {
      return dataSource.getConnection();
    } catch (SQLException failure) {
      throw SqlFailures.noConnection(failure);
    }
  }
}
