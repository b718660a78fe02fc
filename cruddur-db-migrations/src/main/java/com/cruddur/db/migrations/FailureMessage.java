package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a failure into one line that says what to do; Flyway's own text goes over a dozen, and the
 * server's second line holds row values.
 */
final class FailureMessage {

  private FailureMessage() {}

  static String of(String what, Throwable failure) {
    return what
        + ": "
        + serverError(failure)
            .map(FailureMessage::told)
            .orElseGet(() -> firstLine(failure.getMessage()) + remedy(failure));
  }

  private static String told(SQLException failure) {
    String line = firstLine(failure.getMessage());
    String state = "(SQLSTATE " + failure.getSQLState() + ")";
    // A data source that names it, such as core's pool, says what to do as well.
    return line.endsWith(state)
        ? line + "."
        : withoutStop(line) + " " + state + "." + remedy(failure.getSQLState(), line);
  }

  /**
   * Returns why a data source gave no connection. One that knows host and user says more than the
   * server did; a pool that says only how long it waited says less.
   */
  static SQLException noConnection(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && !(sql instanceof SQLTransientConnectionException)) {
        return bare(sql);
      }
    }
    return failure;
  }

  private static String remedy(Throwable failure) {
    return failure instanceof FlywayValidateException
        ? ". Call validate(), which names what differs and says what to do."
        : "";
  }

  /** Returns the server's answer without its details, which quote rows. */
  static @Nullable Throwable cause(Throwable failure) {
    return serverError(failure).<Throwable>map(FailureMessage::bare).orElse(failure);
  }

  private static SQLException bare(SQLException server) {
    SQLException bare = new SQLException(firstLine(server.getMessage()), server.getSQLState());
    bare.setStackTrace(server.getStackTrace());
    return bare;
  }

  static Optional<SQLException> serverError(Throwable failure) {
    SQLException found = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        found = sql;
      }
    }
    return Optional.ofNullable(found);
  }

  private static String remedy(String sqlState, String message) {
    return switch (sqlState) {
      case "55P03", "40P01" ->
          " End the transactions that hold the table, and run migrate() again.";
      case "42501" -> remedyOfDenial(message);
      case "25006" ->
          " Connect to the primary server; or take default_transaction_read_only from the user, the database or the"
              + " server, and run migrate() again.";
      case "3F000" ->
          " As the owner of the database, CREATE SCHEMA public; or check the address, and run migrate() again.";
      case "53100" -> " Give the server disk space, and run migrate() again.";
      default ->
          sqlState.startsWith("08")
              ? " Check the address and that the server is up, and run migrate() again."
              : "";
    };
  }

  /** A server that answers in another language is given the common remedy. */
  private static String remedyOfDenial(String message) {
    if (message.contains("for schema public")) {
      return " As the owner of the schema, GRANT USAGE, CREATE ON SCHEMA public TO the user that migrates, and run"
          + " migrate() again.";
    }
    if (message.contains("create extension")) {
      return " As the owner of the database or a superuser, CREATE EXTENSION \"uuid-ossp\" WITH SCHEMA public, and run"
          + " migrate() again.";
    }
    return " Connect as the owner of the tables, or as a member of cruddur_owner, and run migrate() again.";
  }

  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  static String firstLine(@Nullable String text) {
    return text == null ? "no message" : text.lines().findFirst().orElse("no message").strip();
  }
}
