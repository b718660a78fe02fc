package com.cruddur.db;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.json.JsonQueries;
import com.cruddur.db.users.UserDao;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a Cruddur database: what a database and a transaction have in common.
 *
 * <p>Write a service against this type and it does not care whether it runs inside a transaction.
 *
 * @since 0.1.0
 */
public interface CruddurQueries {

  /**
   * Returns the queries about users.
   *
   * @return always the same object
   */
  UserDao users();

  /**
   * Returns the queries about activities.
   *
   * @return always the same object
   */
  ActivityDao activities();

  /**
   * Returns the helpers that let PostgreSQL answer any query in JSON.
   *
   * @return always the same object
   */
  JsonQueries json();

  /**
   * Returns jOOQ, for what has no method here; the tables are in {@code com.cruddur.db.schema}. Its
   * own {@code transaction(…)} is as {@link #transaction} here, but never repeated.
   *
   * @return a context for this database, or for this transaction's connection
   */
  DSLContext dsl();

  /**
   * Runs the work on one connection, commits when it returns, and rolls back when it throws. Inside
   * a transaction the work gets a savepoint: if it throws, only what it did is undone.
   *
   * <p>The work must be repeatable. If the server undoes it for the sake of other transactions
   * (SQLSTATE 40001, serialization failure; 40P01, deadlock), it runs again on a connection of its
   * own, 5 times in all, after a short pause of random length. The exception of the last attempt
   * holds those of the earlier ones as suppressed. Nothing else is repeated.
   *
   * @param work is given what can be asked inside the transaction; not to be used after it
   * @param <T> what the work answers
   * @param <E> the checked exception of the work, if it has any
   * @return what the work returned
   * @throws E what the work threw, after the rollback
   * @throws CommitOutcomeUnknownException if the connection was lost during the commit: the
   *     transaction may have been committed or not, and is not repeated
   * @throws CruddurDbException if a statement or the commit fails
   */
  <T extends @Nullable Object, E extends Exception> T transaction(TransactionWork<T, E> work)
      throws E;
}
