package com.cruddur.db.testkit;

import org.jspecify.annotations.Nullable;

/**
 * A local server could not be started or stopped. The message names the cause, what to do about it,
 * and the last lines that the server logged. It never contains the password.
 *
 * @since 0.1.0
 */
public final class LocalPostgresException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LocalPostgresException(String message) {
    this(message, null);
  }

  LocalPostgresException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
