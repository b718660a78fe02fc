package com.cruddur.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool that says at once why it has no connection, instead of after its acquire time-out. */
final class CruddurPool extends HikariDataSource {

  private final AtomicInteger failed = new AtomicInteger();

  CruddurPool(HikariConfig config) {
    super(config);
  }

  /** Whether somebody waits and no connection exists that could be given back. */
  boolean isWaitedForInVain() {
    return getHikariPoolMXBean().getThreadsAwaitingConnection() > 0
        && getHikariPoolMXBean().getTotalConnections() <= failed.get();
  }

  /** Whether it holds a connection, be it in use or idle. */
  boolean holdsConnections() {
    return !isClosed() && getHikariPoolMXBean().getTotalConnections() > failed.get();
  }

  Connection failedConnection(SQLException reason, int networkTimeout) {
    failed.incrementAndGet();
    return FailedConnection.of(reason, networkTimeout, failed::decrementAndGet);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    if (connection.isWrapperFor(FailedConnection.class)) {
      throw failure(connection);
    }
    return connection;
  }

  /** Passes the bad news on to whoever else waits; the last one throws it away. */
  private SQLException failure(Connection connection) throws SQLException {
    SQLException reason = connection.unwrap(FailedConnection.class).reason();
    if (getHikariPoolMXBean().getThreadsAwaitingConnection() == 0) {
      evictConnection(connection);
    }
    connection.close();
    return new SQLNonTransientConnectionException(
        reason.getMessage(), reason.getSQLState(), reason);
  }
}
