package com.cruddur.db;

import org.jspecify.annotations.Nullable;

/**
 * No connection to the database could be had.
 *
 * <p>The message names host, port, database, user, SQLSTATE and the likely remedy.
 *
 * @since 0.1.0
 */
public final class ConnectionFailedException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was tried, what went wrong, and what to do
   * @param cause what the driver said, or null
   */
  public ConnectionFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
