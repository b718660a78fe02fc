package com.cruddur.db.cli;

import com.cruddur.db.migrations.Fix;
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
    String text = asCommands(message.strip());
    return failure instanceof SQLException server && !text.contains("(SQLSTATE ")
        ? firstLine(text) + remedy(server)
        : text;
  }

  /** The library names its calls as the remedy, where this program has a command. */
  static String asCommands(String text) {
    String translated = text;
    for (Fix fix : Fix.values()) {
      translated =
          translated.replace(fix.call(), "cruddur-db fix-data " + FixDataCommand.name(fix));
    }
    return translated
        .replace("Migrations.roles()", "cruddur-db roles")
        .replaceAll("(?<![\\w.])(migrate|plan|roles|validate)\\(\\)", "cruddur-db $1");
  }

  /** The others may hold values of rows. */
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("").strip();
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
