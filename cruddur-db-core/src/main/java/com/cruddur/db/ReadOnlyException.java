package com.cruddur.db;

import java.sql.SQLException;

/**
 * A statement wanted to write where only reading is possible: through {@link CruddurDb#reader()},
 * or on a server that has become a standby since.
 *
 * @since 0.1.0
 */
public final class ReadOnlyException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param said what the server said, without a full stop
   * @param cause what the driver said
   */
  public ReadOnlyException(String said, SQLException cause) {
    super(
        said
            + " (SQLSTATE "
            + cause.getSQLState()
            + "). A reader takes no writes: write through the CruddurDb itself. If that was done,"
            + " the server may be a standby since a fail-over: name all hosts and"
            + " target_session_attrs=read-write in the connection URL, and try again. Else look who"
            + " set default_transaction_read_only: the role, the database, or the server.",
        cause);
  }
}
