package com.cruddur.db;

import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.SqlFailures;
import com.cruddur.db.internal.TransactionDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One transaction on one connection, which is rolled back at the end unless it was committed. */
final class TransactionScope implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CruddurDb.class);

  private final Connection connection;
  private final boolean autoCommit;
  private final TransactionDataSource view;
  private boolean ended;

  private TransactionScope(Connection connection, boolean autoCommit, DataSource origin) {
    this.connection = connection;
    this.autoCommit = autoCommit;
    this.view = new TransactionDataSource(connection, origin);
  }

  static TransactionScope begin(DataSource dataSource) {
    Connection connection = Connections.borrow(dataSource);
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      return new TransactionScope(connection, autoCommit, dataSource);
    } catch (SQLException failure) {
      giveBack(connection);
      throw SqlFailures.translate(failure);
    }
  }

  CruddurQueries queries(@Nullable Clock clock) {
    return new Transaction(connection, view, clock);
  }

  void commit() {
    view.end();
    try {
      view.requireItself();
      refuseIfAborted();
      connection.commit();
      ended = true;
    } catch (SQLException failure) {
      if (SqlFailures.isSessionLost(failure)) {
        ended = true;
        throw new CommitOutcomeUnknownException(failure);
      }
      throw SqlFailures.translate(failure);
    }
  }

  /**
   * The server answers a COMMIT of a failed transaction with ROLLBACK, and the driver says nothing.
   */
  private void refuseIfAborted() throws SQLException {
    if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
      throw new SQLException(
          "A statement of the transaction failed, and the work went on: nothing was committed. Let"
              + " its exception pass, or put what may fail into a nested transaction",
          "25P02");
    }
  }

  /** Rolls back what was not committed, and gives the connection back in any case. */
  @Override
  public void close() {
    view.end();
    try {
      if (!ended && !connection.isClosed()) {
        connection.rollback();
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    } finally {
      restoreAndGiveBack();
    }
  }

  private void restoreAndGiveBack() {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException broken) {
      LOG.debug("A connection could not be reset", broken);
    }
    giveBack(connection);
  }

  /** What the transaction did is decided by now: a connection that breaks here changes nothing. */
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException broken) {
      LOG.debug("A connection could not be given back", broken);
    }
  }
}
