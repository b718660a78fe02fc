package com.cruddur.db;

import com.cruddur.db.internal.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What can be asked inside a transaction, and how one begins and ends. */
final class Transaction extends QuerySet {

  private final Connection connection;

  Transaction(Connection connection, DataSource view, @Nullable Clock clock) {
    super(view, clock);
    this.connection = connection;
  }

  /**
   * Runs the work in a transaction on a connection of the data source, and again if the server
   * undid it for the sake of others.
   */
  static <T extends @Nullable Object, E extends Exception> T run(
      DataSource dataSource, @Nullable Clock clock, TransactionWork<T, E> work) throws E {
    Retries retries = new Retries();
    while (true) {
      try (TransactionScope scope = TransactionScope.begin(dataSource)) {
        T result = work.run(scope.queries(clock));
        scope.commit();
        return result;
      } catch (Throwable failure) {
        if (!retries.another(failure)) {
          throw failure;
        }
      }
    }
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T transaction(TransactionWork<T, E> work)
      throws E {
    Savepoint savepoint = setSavepoint();
    try {
      T result = work.run(this);
      // Refused if the work hid a failed statement: then that is undone as well.
      release(savepoint);
      return result;
    } catch (Throwable failure) {
      rollBack(savepoint, failure);
      throw failure;
    }
  }

  private Savepoint setSavepoint() {
    try {
      return connection.setSavepoint();
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  private void release(Savepoint savepoint) {
    try {
      connection.releaseSavepoint(savepoint);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  /** Keeps the failure that led here: one of the rollback is only added to it. */
  private void rollBack(Savepoint savepoint, Throwable failure) {
    try {
      connection.rollback(savepoint);
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }
}
