package com.cruddur.db.internal;

import com.cruddur.db.CommitOutcomeUnknownException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

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
      T answer = translated(connection, work);
      TransactionControl.refuseLeftOpen(connection);
      return answer;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  private static <T extends @Nullable Object> T translated(Connection connection, SqlWork<T> work) {
    try {
      return work.run(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure, connection);
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
    T result;
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException | Error failure) {
      rollBack(connection, failure);
      throw failure;
    }
    commit(connection);
    return result;
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException failure) {
      if (SqlFailures.isSessionLost(failure)) {
        throw new CommitOutcomeUnknownException(failure);
      }
      rollBack(connection, failure);
      throw failure;
    }
    connection.setAutoCommit(true);
  }

  /**
   * Runs the work; if it changes rows, a failure after its statement undoes that: in the
   * transaction that the connection is in, back to a savepoint.
   */
  public static <T extends @Nullable Object> T forQuery(
      DataSource dataSource, NamedQuery<? super T> query, boolean changesRows, SqlWork<T> work) {
    return changesRows
        ? call(dataSource, query, connection -> undone(connection, work))
        : call(dataSource, query, work);
  }

  /** Does the same for work that needs a transaction whether or not it changes rows. */
  public static <T extends @Nullable Object> T forStream(
      DataSource dataSource, NamedQuery<? super T> query, boolean changesRows, SqlWork<T> work) {
    return changesRows
        ? call(dataSource, query, connection -> undone(connection, work))
        : inTransaction(dataSource, query, work);
  }

  private static <T extends @Nullable Object> T undone(Connection connection, SqlWork<T> work)
      throws SQLException {
    if (connection.getAutoCommit()) {
      return inTransaction(connection, work);
    }
    Savepoint savepoint = connection.setSavepoint();
    T result;
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException failure) {
      undo(connection, savepoint, failure);
      throw failure;
    }
    connection.releaseSavepoint(savepoint);
    return result;
  }

  /** A transaction that the server has failed stays so, as after any other statement. */
  private static void undo(Connection connection, Savepoint savepoint, Exception failure) {
    try {
      TransactionState state = connection.unwrap(BaseConnection.class).getTransactionState();
      if (state == TransactionState.OPEN) {
        connection.rollback(savepoint);
      }
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  /** Keeps the failure that led here: one of the rollback is only added to it. */
  private static void rollBack(Connection connection, Throwable failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
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
