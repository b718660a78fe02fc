package com.cruddur.db.testkit;

/**
 * A database for a test could not be made. The message says why.
 *
 * @since 0.1.0
 */
public final class TestDatabaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TestDatabaseException(String message) {
    super(message);
  }

  TestDatabaseException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
