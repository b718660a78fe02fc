package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;

/** Says in the library's exceptions that a statement of jOOQ's failed. Stateless. */
final class JooqFailures implements ExecuteListener {

  private static final long serialVersionUID = 1L;

  @Override
  public void exception(ExecuteContext context) {
    SQLException failure = context.sqlException();
    if (failure != null) {
      context.exception(SqlFailures.translate(failure, context.connection()));
    }
  }

  /** Here and not when the connection is given back: jOOQ passes on no failure of that. */
  @Override
  public void executeEnd(ExecuteContext context) {
    Connection connection = context.connection();
    if (connection != null) {
      try {
        TransactionControl.refuseLeftOpen(connection);
      } catch (SQLException failure) {
        throw SqlFailures.translate(failure);
      }
    }
  }
}
