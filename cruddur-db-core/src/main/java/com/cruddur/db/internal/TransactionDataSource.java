package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A transaction as a data source: gives its one connection, which stays open when it is closed. */
public final class TransactionDataSource extends DelegatingDataSource implements Telemetry.Watched {

  private final Connection connection;
  private final Telemetry telemetry;
  private volatile @Nullable BaseConnection session;
  private volatile boolean begun;
  private volatile boolean lost;
  private volatile boolean ended;

  /** Makes the view; the caller begins and ends the transaction. */
  public TransactionDataSource(Connection connection, DataSource origin) {
    this.connection = connection;
    this.telemetry = Telemetry.of(origin);
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (ended) {
      throw new SQLException(
          "The transaction has ended. Use what its work returned, not what it was given.", "25000");
    }
    requireItself();
    return TransactionView.of(connection, this);
  }

  /**
   * Throws if somebody ended the transaction past this view, such as through {@code unwrap}: what
   * comes after it would be in another.
   */
  public void requireItself() throws SQLException {
    look();
    if (lost) {
      throw new SQLException(
          "The transaction was ended before its work was done: what the work did up to then was"
              + " committed or rolled back, and the rest is not committed. Let only transaction(…)"
              + " commit and roll back.",
          "25000");
    }
  }

  /** Notes what state the transaction is in, which the driver knows. */
  void look() throws SQLException {
    if (!connection.isClosed()) {
      boolean idle = session().getTransactionState() == TransactionState.IDLE;
      lost |= begun && idle;
      begun |= !idle;
    }
  }

  /**
   * Each statement asks, and the view of a nested transaction makes a new proxy of what is below.
   */
  private BaseConnection session() throws SQLException {
    BaseConnection known = session;
    if (known == null) {
      known = connection.unwrap(BaseConnection.class);
      session = known;
    }
    return known;
  }

  /** Refuses all further use. */
  public void end() {
    ended = true;
  }
}
