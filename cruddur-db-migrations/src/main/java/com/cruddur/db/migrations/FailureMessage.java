package com.cruddur.db.migrations;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Turns a failure of Flyway into one line; its own text goes over a dozen lines. */
final class FailureMessage {

  private FailureMessage() {}

  static String of(FlywayException failure) {
    SQLException server = serverError(failure);
    if (server == null) {
      return "The migrations could not be applied: " + firstLine(failure.getMessage());
    }
    return "The migrations could not be applied: "
        + firstLine(server.getMessage())
        + " (SQLSTATE "
        + server.getSQLState()
        + ")";
  }

  private static @Nullable SQLException serverError(Throwable failure) {
    SQLException found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        found = sql;
      }
    }
    return found;
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no message" : text.lines().findFirst().orElse("no message").strip();
  }
}
