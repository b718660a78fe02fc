package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A migration that could not be applied, or a database that could not be reached for it.
 *
 * <p>The message says what happened and what to do. It holds no secret, and of rows nothing but
 * their uuid; nor does the cause.
 *
 * @since 0.1.0
 */
public class MigrationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MigrationException(String message) {
    super(message);
  }

  MigrationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns the SQLSTATE that the server answered with, such as {@code 55P03} for a lock time-out.
   *
   * @return five characters, or nothing if the failure did not come from the server
   */
  public final Optional<String> sqlState() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return Optional.of(sql.getSQLState());
      }
    }
    return Optional.empty();
  }
}
