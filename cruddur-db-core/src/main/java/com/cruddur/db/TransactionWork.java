package com.cruddur.db;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done in one transaction.
 *
 * @param <T> what the work answers
 * @param <E> what it throws besides unchecked exceptions; the compiler infers that it is none
 * @since 0.1.0
 */
@FunctionalInterface
public interface TransactionWork<T extends @Nullable Object, E extends Exception> {

  /**
   * Does the work. It must be repeatable: nothing outside the database should depend on it before
   * the transaction has ended.
   *
   * @param transaction what can be asked; all of it runs on the transaction's one connection
   * @return what {@link CruddurQueries#transaction} returns after the commit
   * @throws E to roll back and to be told so
   */
  T run(CruddurQueries transaction) throws E;
}
