package com.cruddur.db.internal;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.ReadOnlyException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says in the library's exceptions what a driver's exception means. The SQLSTATEs are those of the
 * PostgreSQL manual, appendix "Error Codes".
 */
public final class SqlFailures {

  /** Beside class 08: the server ended the session, or does not know itself. */
  private static final Set<String> SESSION_LOST =
      Set.of("40003", "57P01", "57P02", "57P03", "57P04", "57P05");

  private SqlFailures() {}

  /** Returns the exception for something that failed, but no statement with values. */
  public static CruddurDbException translate(SQLException failure) {
    return translateStatement(SafeFailure.of(reason(failure), false));
  }

  /** Returns the exception for a statement that failed on a connection, if it is known. */
  static CruddurDbException translate(SQLException failure, @Nullable Connection connection) {
    return translateStatement(
        SafeFailure.of(reason(failure), SafeFailure.hasValuesInText(connection)));
  }

  /** What a failed batch, and jOOQ for a column that it cannot read, put around the reason. */
  private static SQLException reason(SQLException failure) {
    SQLException next = failure.getNextException();
    if (failure instanceof BatchUpdateException && next != null) {
      return next;
    }
    boolean isAround = failure.getSQLState() == null;
    return isAround && failure.getCause() instanceof SQLException cause ? cause : failure;
  }

  private static CruddurDbException translateStatement(SQLException failure) {
    String state = failure.getSQLState();
    String message = primaryMessage(failure) + " (SQLSTATE " + state + ").";
    if (state == null) {
      return new CruddurDbException(primaryMessage(failure), failure);
    }
    return switch (state) {
      case "42P01", "42703", "42883", "3F000" ->
          new CruddurDbException(
              "The statement names what this database does not have: "
                  + message
                  + " In a statement of your own, correct the name; else the schema is not the one"
                  + " that this version needs. Apply the migrations: bin/cruddur-db migrate, or"
                  + " Migrations.of(dataSource).migrate().",
              failure);
      case "42501" ->
          new CruddurDbException(
              message + " Connect as a user with the rights of the role cruddur_app.", failure);
      case "25006" -> new ReadOnlyException(primaryMessage(failure), failure);
      default -> new CruddurDbException(violatedRule(failure) + message, failure);
    };
  }

  /** Only class 23: an entry that is too large for an index also names what the index is for. */
  private static String violatedRule(SQLException failure) {
    ServerErrorMessage server = serverMessage(failure);
    if (server != null && failure.getSQLState().equals("23502")) {
      return ViolatedRules.missing(server.getTable(), server.getColumn());
    }
    return failure.getSQLState().startsWith("23")
        ? ViolatedRules.words(constraint(failure).orElse(null))
        : "";
  }

  /** Whether nobody knows what became of a statement that was on its way. */
  public static boolean isSessionLost(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || SESSION_LOST.contains(state);
  }

  /** Returns the exception for a connection that the data source could not give. */
  public static CruddurDbException noConnection(SQLException failure) {
    String pool = "No connection could be had: " + primaryMessage(failure);
    // A pool says only that it waited in vain; why its last attempt failed is in the cause.
    return failure instanceof SQLTransientConnectionException
            && failure.getCause() instanceof SQLException reason
        ? new ConnectionFailedException(pool + ". " + primaryMessage(reason), failure)
        : new ConnectionFailedException(pool, failure);
  }

  /** Returns the constraint that was violated, if the server names one. */
  public static Optional<String> constraint(SQLException failure) {
    return Optional.ofNullable(serverMessage(failure)).map(ServerErrorMessage::getConstraint);
  }

  private static String primaryMessage(SQLException failure) {
    ServerErrorMessage server = serverMessage(failure);
    String text = server == null ? failure.getMessage() : server.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
    return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
  }
}
