package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Takes out of a driver's exception what may be a bind value or a part of a row.
 *
 * <p>The server puts rows into details, and values into details, contexts, internal queries and
 * messages. A message holds none if it is about a place in the statement's own text, or about
 * something else than values: whole classes are. In any other, whatever is in quotes, behind a
 * colon, or a number may be one. In the driver's simple query mode the text has the values in it,
 * so a place in it makes no message harmless.
 */
final class SafeFailure {

  /**
   * Connections, violated constraints, the state of transactions, rights, retries, resources, locks
   * and cancelled statements: what is named is an object of the database or of the server.
   */
  private static final Set<String> ABOUT_NO_VALUE =
      Set.of("08", "23", "25", "26", "28", "3D", "40", "53", "57");

  private static final Set<String> ABOUT_NO_VALUE_EITHER = Set.of("42501", "55P03", "55006");

  /** How PL/pgSQL reports what a function's author has written. */
  private static final String RAISE = "exec_stmt_raise";

  private static final Pattern VALUE =
      Pattern.compile(
          "\".*\"|(?<=:\\s).*|(?<![\\p{L}\\p{N}_])[-+.]?\\p{N}[\\p{L}\\p{N}_.:+-]*",
          Pattern.DOTALL);

  private static final String LEFT_OUT = "\u2026";

  private SafeFailure() {}

  /** Whether the driver writes values into the text of statements; if unknown, then yes. */
  static boolean hasValuesInText(@Nullable Connection connection) {
    try {
      return connection == null
          || connection.unwrap(PGConnection.class).getPreferQueryMode() == PreferQueryMode.SIMPLE;
    } catch (SQLException isClosed) {
      return true;
    }
  }

  /** Returns an exception of the same state and place without what may be a value. */
  static SQLException of(SQLException failure, boolean hasValuesInText) {
    if (!(failure instanceof PSQLException postgres)) {
      return failure;
    }
    ServerErrorMessage server = postgres.getServerErrorMessage();
    if (server != null) {
      return like(failure, new PSQLException(safe(server, hasValuesInText)));
    }
    String message = failure.getMessage();
    return message != null && isAboutAValue(failure.getSQLState())
        ? like(failure, new SQLException(masked(message), failure.getSQLState()))
        : failure;
  }

  private static SQLException like(SQLException failure, SQLException safe) {
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }

  /** The driver's own: class 22, data exception, and 42846, cannot coerce. */
  private static boolean isAboutAValue(@Nullable String state) {
    return state != null && (state.startsWith("22") || state.equals("42846"));
  }

  private static ServerErrorMessage safe(ServerErrorMessage original, boolean hasValuesInText) {
    String message = String.valueOf(original.getMessage());
    return new Fields()
        .add('S', original.getSeverity())
        .add('C', original.getSQLState())
        .add('M', isHarmless(original, hasValuesInText) ? message : masked(message))
        .add('P', original.getPosition() == 0 ? null : String.valueOf(original.getPosition()))
        .add('s', original.getSchema())
        .add('t', original.getTable())
        .add('c', original.getColumn())
        .add('d', original.getDatatype())
        .add('n', original.getConstraint())
        .add('F', original.getFile())
        .add('L', original.getLine() == 0 ? null : String.valueOf(original.getLine()))
        .add('R', original.getRoutine())
        .build();
  }

  private static boolean isHarmless(ServerErrorMessage message, boolean hasValuesInText) {
    String state = String.valueOf(message.getSQLState());
    boolean isInTheText =
        !hasValuesInText
            && message.getPosition() > 0
            && (state.startsWith("42") || state.startsWith("3F"));
    return isInTheText
        || RAISE.equals(message.getRoutine())
        || ABOUT_NO_VALUE_EITHER.contains(state)
        || (state.length() == 5 && ABOUT_NO_VALUE.contains(state.substring(0, 2)));
  }

  private static String masked(String message) {
    return VALUE.matcher(message).replaceAll(LEFT_OUT);
  }

  /** A server's message as it travels: a letter, its text, and a zero, for each field. */
  private static final class Fields {

    private final StringBuilder fields = new StringBuilder();

    Fields add(char field, @Nullable String text) {
      if (text != null) {
        fields.append(field).append(text).append('\0');
      }
      return this;
    }

    ServerErrorMessage build() {
      return new ServerErrorMessage(fields.toString());
    }
  }
}
