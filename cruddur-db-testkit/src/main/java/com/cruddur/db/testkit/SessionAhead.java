package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.PoolSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session on a new database that was opened before a test asks for it: a connection, or a pool
 * with one inside. Nobody else has had it, and it is handed out once. Thread-safe.
 */
final class SessionAhead {

  private static final Logger LOG = LoggerFactory.getLogger(SessionAhead.class);

  /** A test needs few connections, and none before it asks. */
  private static final PoolSettings POOL = PoolSettings.builder().minimumIdle(0).build();

  private static final int LONGEST_LOOK_SECONDS = 1;

  /** As HikariCP trusts a connection that was used a moment ago: a look costs a round trip. */
  static final Duration TRUSTED = Duration.ofMillis(500);

  private final AutoCloseable session;
  private final TimeZone zone = TimeZone.getDefault();
  private final long opened = System.nanoTime();
  private final AtomicBoolean gone = new AtomicBoolean();

  private SessionAhead(AutoCloseable session) {
    this.session = session;
  }

  /** Opens a connection as the database's own data source does. */
  static SessionAhead connection(ConnectionUrl url) throws SQLException {
    return new SessionAhead(DatabaseServer.dataSource(url).getConnection());
  }

  /** Makes a pool that has connected. */
  static SessionAhead pool(ConnectionUrl url) throws SQLException {
    HikariDataSource pool = newPool(url);
    try (Connection first = pool.getConnection()) {
      LOG.trace("Opened {} ahead", first);
      return new SessionAhead(pool);
    } catch (SQLException | RuntimeException failure) {
      pool.close();
      throw failure;
    }
  }

  /** Makes the pool of a test. */
  static HikariDataSource newPool(ConnectionUrl url) {
    return PoolFactory.create(url, POOL);
  }

  boolean isGone() {
    return gone.get();
  }

  /** Hands out the pool, if it is one. */
  Optional<HikariDataSource> takePool() {
    return session instanceof HikariDataSource pool && take()
        ? Optional.of(pool)
        : Optional.empty();
  }

  /** Hands out the connection, if it is one and such as a new one would be. */
  Optional<Connection> takeConnection() {
    if (session instanceof Connection connection && take()) {
      if (isAsNew(connection)) {
        return Optional.of(connection);
      }
      close(connection);
    }
    return Optional.empty();
  }

  /** The driver sends the JVM's zone when it connects, and a test may have set another since. */
  private boolean isAsNew(Connection connection) {
    try {
      return zone.equals(TimeZone.getDefault())
          && (isTrusted() || connection.isValid(LONGEST_LOOK_SECONDS));
    } catch (SQLException broken) {
      return false;
    }
  }

  private boolean isTrusted() {
    return System.nanoTime() - opened < TRUSTED.toNanos();
  }

  private boolean take() {
    return !gone.getAndSet(true);
  }

  /**
   * Closes what is not handed out; and of a pool that is, the sessions that nobody uses. Somebody
   * may be about to change what a new session begins with.
   */
  void outdate() {
    if (take()) {
      close(session);
    } else if (session instanceof HikariDataSource pool && !pool.isClosed()) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Closes it unless it was handed out. */
  void closeUnused() {
    if (take()) {
      close(session);
    }
  }

  /** Closes something whose database is about to be dropped. */
  static void close(AutoCloseable session) {
    try {
      session.close();
    } catch (Exception failure) {
      LOG.debug("A session could not be closed", failure);
    }
  }
}
