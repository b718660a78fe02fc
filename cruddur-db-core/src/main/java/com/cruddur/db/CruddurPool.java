package com.cruddur.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A pool that says why it has no connection, and does so before its acquire time-out. */
final class CruddurPool extends HikariDataSource {

  /** PostgreSQL manual, "Error Codes": the client was unable to establish a connection. */
  private static final String NO_CONNECTION = "08001";

  private final AtomicInteger failed = new AtomicInteger();
  private final int networkTimeout;
  private final String place;
  private volatile @Nullable SQLException lastFailure;

  /**
   * Makes a pool.
   *
   * @param place the database and user, for messages
   */
  CruddurPool(HikariConfig config, int networkTimeout, String place) {
    super(config);
    this.networkTimeout = networkTimeout;
    this.place = place;
  }

  /** Whether somebody waits for a connection. */
  boolean isWaitedFor() {
    return getHikariPoolMXBean().getThreadsAwaitingConnection() > 0;
  }

  /** Whether somebody waits and no connection exists that could be given back. */
  boolean isWaitedForInVain() {
    return isWaitedFor() && getHikariPoolMXBean().getTotalConnections() <= failed.get();
  }

  /** Whether it holds a connection, be it in use or idle. */
  boolean holdsConnections() {
    return !isClosed() && getHikariPoolMXBean().getTotalConnections() > failed.get();
  }

  /** Whether it is open and has fewer connections than are waited for, or than it keeps idle. */
  boolean isShortOfConnections() {
    return !isClosed()
        && (isWaitedFor() || getHikariPoolMXBean().getIdleConnections() < getMinimumIdle());
  }

  /** Keeps the reason for who waits until the acquire time-out; null after a success. */
  void remember(@Nullable SQLException failure) {
    lastFailure = failure;
  }

  Connection failedConnection(SQLException reason) {
    failed.incrementAndGet();
    return FailedConnection.of(reason, networkTimeout, failed::decrementAndGet);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = connection();
    if (connection.isWrapperFor(FailedConnection.class)) {
      throw failure(connection);
    }
    return connection;
  }

  private Connection connection() throws SQLException {
    try {
      return super.getConnection();
    } catch (SQLTransientConnectionException timeout) {
      SQLException reason = lastFailure;
      throw reason == null
          ? new SQLTransientConnectionException(waitedInVain(), NO_CONNECTION, timeout)
          : new SQLTransientConnectionException(timeout.getMessage(), reason.getSQLState(), reason);
    }
  }

  /** No login has failed: all connections are in use, or idle ones were found dead. */
  private String waitedInVain() {
    int busy = isClosed() ? 0 : getHikariPoolMXBean().getActiveConnections();
    return busy == 0
        ? ConnectionProblem.silence(place, NO_CONNECTION)
        : busy
            + " of "
            + getMaximumPoolSize()
            + " connections to "
            + place
            + " are in use, and none came back within "
            + getConnectionTimeout()
            + " ms. Give them back sooner, or raise maximumSize or acquireTimeout (SQLSTATE "
            + NO_CONNECTION
            + ")";
  }

  /** Passes the bad news on to whoever else waits; the last one throws it away. */
  private SQLException failure(Connection connection) throws SQLException {
    SQLException reason = connection.unwrap(FailedConnection.class).reason();
    if (!isWaitedFor()) {
      evictConnection(connection);
    }
    connection.close();
    return new SQLNonTransientConnectionException(
        reason.getMessage(), reason.getSQLState(), reason);
  }
}
