package com.cruddur.db.cli;

import java.sql.SQLException;

/**
 * What the user is told about a failure. The library's messages name cause and remedy already;
 * those of the server do not.
 */
final class ErrorText {

  private ErrorText() {}

  static String of(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName() + ". Run the command again with --verbose.";
    }
    return message.strip() + (failure instanceof SQLException server ? remedy(server) : "");
  }

  private static String remedy(SQLException failure) {
    return switch (String.valueOf(failure.getSQLState())) {
      case "42P01", "42703" -> ". Apply the migrations: bin/cruddur-db migrate.";
      case "42501" ->
          ". Connect as the owner of the tables, or as a user with the rights of cruddur_app.";
      default -> " (SQLSTATE " + failure.getSQLState() + ").";
    };
  }
}
