package com.cruddur.db.cli;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * Why a login failed, and at which step.
 *
 * @param step tls, login or database
 */
record LoginProblem(String step, String detail, String remedy) {

  static LoginProblem of(Target target, Exception failure) {
    String text = ErrorText.of(failure);
    String reason = text.substring(text.indexOf(": ") + 1).strip();
    int sentence = reason.indexOf(". ");
    String detail = sentence < 0 ? reason : reason.substring(0, sentence);
    String remedy = sentence < 0 ? "" : reason.substring(sentence + 2);
    String state = failure instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
    if (isTls(failure) || reason.contains("certificate")) {
      return new LoginProblem("tls", detail, remedy);
    }
    return switch (state) {
      case "3D000" -> new LoginProblem("database", detail, remedy + others(target));
      case "42501" -> new LoginProblem("database", detail, remedy);
      default -> new LoginProblem("login", detail, remedy);
    };
  }

  private static boolean isTls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
        return true;
      }
    }
    return false;
  }

  /** The wrong database is easier to see beside the right one. */
  private static String others(Target target) {
    for (String candidate : List.of("postgres", "template1")) {
      try (Database database = target.withDatabase(candidate).open();
          Connection connection = database.connect()) {
        List<String> names =
            Sql.list(
                connection,
                """
                SELECT datname FROM pg_catalog.pg_database
                WHERE datallowconn AND NOT datistemplate ORDER BY 1 LIMIT 20""",
                row -> row.getString(1));
        return " Is it the wrong database, or the wrong server? This one has: "
            + String.join(", ", names);
      } catch (SQLException closed) {
        // The other candidate may be open.
      }
    }
    return "";
  }
}
