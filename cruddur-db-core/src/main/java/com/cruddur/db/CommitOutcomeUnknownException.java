package com.cruddur.db;

import java.sql.SQLException;

/**
 * The connection was lost while the transaction was being committed. The server may have committed
 * it or not: look before doing the work again.
 *
 * @since 0.1.0
 */
public final class CommitOutcomeUnknownException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param cause what the driver said
   */
  public CommitOutcomeUnknownException(SQLException cause) {
    super(
        "The connection was lost during the commit (SQLSTATE "
            + cause.getSQLState()
            + "): the transaction may have been committed or not. Look in the database before you"
            + " repeat the work.",
        cause);
  }
}
