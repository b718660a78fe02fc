package com.cruddur.db.cli;

import java.nio.file.Path;
import java.sql.SQLException;

/** A statement of a file that the server refused: nothing of the file was loaded. */
final class SeedFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SeedFailedException(Path file, int line, SQLException failure) {
    super(
        file
            + ":"
            + line
            + ": "
            + String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip()
            + " (SQLSTATE "
            + failure.getSQLState()
            + "). Nothing of the file was loaded."
            + remedy(String.valueOf(failure.getSQLState())),
        failure);
  }

  private static String remedy(String sqlState) {
    return switch (sqlState) {
      case "23505" -> " A row with this value is there already.";
      case "42P01", "42703" -> " Check the name, and apply the migrations: cruddur-db migrate.";
      default -> "";
    };
  }
}
