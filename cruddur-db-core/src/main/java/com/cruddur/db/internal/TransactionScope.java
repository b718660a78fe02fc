package com.cruddur.db.internal;

import com.cruddur.db.CommitOutcomeUnknownException;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction on one connection, which is rolled back at the end unless it was committed. On a
 * connection that comes with auto-commit off it is a savepoint: that is in a transaction already,
 * of ours or of its owner, who alone ends it.
 */
public final class TransactionScope implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CruddurDb.class);

  private final Connection connection;
  private final boolean autoCommit;
  private final @Nullable Savepoint savepoint;
  private final TransactionDataSource view;
  private boolean ended;

  private TransactionScope(Connection connection, DataSource origin) throws SQLException {
    this.connection = connection;
    this.autoCommit = connection.getAutoCommit();
    boolean whole = autoCommit || connection instanceof ConnectionView.OutsideOfTransactions;
    if (whole) {
      connection.setAutoCommit(false);
    }
    this.savepoint = whole ? null : connection.setSavepoint();
    this.view = new TransactionDataSource(connection, origin);
  }

  /** Begins one on a connection of the data source. */
  public static TransactionScope begin(DataSource dataSource) {
    Connection connection = Connections.borrow(dataSource);
    try {
      return new TransactionScope(connection, dataSource);
    } catch (SQLException failure) {
      giveBack(connection);
      throw SqlFailures.translate(failure);
    }
  }

  /** Returns what gives the transaction's connection, until its end. */
  public DataSource source() {
    return view;
  }

  /** Whether it is a transaction and no savepoint: only the whole of one can be repeated. */
  public boolean isWhole() {
    return savepoint == null;
  }

  /** Commits it, or keeps what was done since the savepoint. */
  public void commit() {
    view.end();
    try {
      view.requireItself();
      refuseIfFailed();
      if (savepoint == null) {
        commitAll();
      } else {
        connection.releaseSavepoint(savepoint);
      }
      ended = true;
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  private void commitAll() throws SQLException {
    try {
      connection.commit();
    } catch (SQLException failure) {
      if (SqlFailures.isSessionLost(failure)) {
        ended = true;
        throw new CommitOutcomeUnknownException(failure);
      }
      throw failure;
    }
  }

  /**
   * The server answers a COMMIT of a failed transaction with ROLLBACK, and the driver says nothing.
   */
  private void refuseIfFailed() throws SQLException {
    if (state() == TransactionState.FAILED) {
      throw new SQLException(
          "A statement of the transaction failed, and the work went on: nothing was committed. Let"
              + " its exception pass, or put what may fail into a nested transaction",
          "25P02");
    }
  }

  private TransactionState state() throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState();
  }

  /** Rolls back what was not committed, and gives the connection back in any case. */
  @Override
  public void close() {
    view.end();
    try {
      if (!ended && !connection.isClosed()) {
        rollBack();
      }
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    } finally {
      restoreAndGiveBack();
    }
  }

  private void rollBack() throws SQLException {
    if (savepoint == null) {
      connection.rollback();
    } else if (state() != TransactionState.IDLE) {
      connection.rollback(savepoint);
    }
  }

  private void restoreAndGiveBack() {
    if (savepoint == null) {
      restore();
      giveBack(connection);
    } else {
      giveBackToOwner();
    }
  }

  /**
   * A data source whose connections all come with auto-commit off owns no transaction: it rolls
   * back what it gets back, or ends the session.
   */
  private void giveBackToOwner() {
    BaseConnection session = session(connection);
    giveBack(connection);
    if (ended && session != null && isOver(session)) {
      throw new CruddurDbException(
          "The data source gave a connection with auto-commit off, as inside a transaction of its"
              + " owner, and ended that when it got the connection back: what was done is probably"
              + " rolled back. Turn auto-commit on in the data source, or let it lend the"
              + " connection of the transaction that it is in.",
          null);
    }
  }

  /** A session that was closed keeps its last state; its view in a nested transaction is closed. */
  private static boolean isOver(BaseConnection session) {
    return session.getTransactionState() == TransactionState.IDLE
        || session.getQueryExecutor().isClosed();
  }

  private static @Nullable BaseConnection session(Connection connection) {
    try {
      return connection.isClosed() ? null : connection.unwrap(BaseConnection.class);
    } catch (SQLException unknown) {
      LOG.debug("A connection does not tell its session", unknown);
      return null;
    }
  }

  private void restore() {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException broken) {
      LOG.debug("A connection could not be reset", broken);
    }
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
