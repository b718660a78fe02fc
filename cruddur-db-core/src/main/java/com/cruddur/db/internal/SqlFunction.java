package com.cruddur.db.internal;

import java.sql.SQLException;

/**
 * A function that may fail as JDBC does.
 *
 * @param <A> what it is given
 * @param <T> what it answers
 */
@FunctionalInterface
public interface SqlFunction<A, T> {

  /** Applies the function. */
  T apply(A argument) throws SQLException;
}
