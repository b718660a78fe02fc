package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction as a data source: gives its one connection, which stays open when it is closed. */
public final class TransactionDataSource extends DelegatingDataSource {

  private final Connection connection;
  private volatile boolean ended;

  /** Makes the view; the caller begins and ends the transaction. */
  public TransactionDataSource(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (ended) {
      throw new SQLException(
          "The transaction has ended. Use what its work returned, not what it was given.", "25000");
    }
    return ConnectionView.ofTransaction(connection);
  }

  /** Refuses all further use. */
  public void end() {
    ended = true;
  }
}
