package com.cruddur.db;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.internal.SqlFailures;
import com.cruddur.db.internal.TransactionDataSource;
import com.cruddur.db.json.JsonQueries;
import com.cruddur.db.users.UserDao;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What can be asked inside a transaction, and how one begins and ends. */
final class Transaction implements CruddurQueries {

  private final Connection connection;
  private final QuerySet queries;

  private Transaction(Connection connection, QuerySet queries) {
    this.connection = connection;
    this.queries = queries;
  }

  /** Runs the work in a transaction on a connection of the data source. */
  static <T extends @Nullable Object, E extends Exception> T run(
      DataSource dataSource, @Nullable Clock clock, TransactionWork<T, E> work) throws E {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result = runAndEnd(connection, clock, work);
      connection.setAutoCommit(autoCommit);
      return result;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  private static <T extends @Nullable Object, E extends Exception> T runAndEnd(
      Connection connection, @Nullable Clock clock, TransactionWork<T, E> work)
      throws E, SQLException {
    TransactionDataSource view = new TransactionDataSource(connection);
    try {
      T result = work.run(new Transaction(connection, new QuerySet(view, clock)));
      connection.commit();
      return result;
    } catch (Throwable failure) {
      rollBack(connection, null, failure);
      throw failure;
    } finally {
      view.end();
    }
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T transaction(TransactionWork<T, E> work)
      throws E {
    try {
      Savepoint savepoint = connection.setSavepoint();
      T result = runNested(savepoint, work);
      connection.releaseSavepoint(savepoint);
      return result;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  private <T extends @Nullable Object, E extends Exception> T runNested(
      Savepoint savepoint, TransactionWork<T, E> work) throws E {
    try {
      return work.run(this);
    } catch (Throwable failure) {
      rollBack(connection, savepoint, failure);
      throw failure;
    }
  }

  /** Keeps the failure that led here: one of the rollback is only added to it. */
  private static void rollBack(
      Connection connection, @Nullable Savepoint savepoint, Throwable failure) {
    try {
      if (savepoint == null) {
        connection.rollback();
      } else {
        connection.rollback(savepoint);
      }
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }

  @Override
  public UserDao users() {
    return queries.users();
  }

  @Override
  public ActivityDao activities() {
    return queries.activities();
  }

  @Override
  public JsonQueries json() {
    return queries.json();
  }

  @Override
  public DSLContext dsl() {
    return queries.dsl();
  }
}
