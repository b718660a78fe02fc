package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives connections to standbys, and to the primary while none answers.
 *
 * <p>An outage is noticed by whoever needs a new connection. From then on nobody is kept waiting
 * for a standby: while there are callers, a thread of its own looks now and then whether one is
 * back.
 */
final class ReaderDataSource extends DelegatingDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(CruddurDb.class);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  private final CruddurPool standbys;
  private final DataSource ofStandbys;
  private final SharedLook<Boolean> login;
  private final DataSource primary;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lookedAt;
  private volatile boolean away;

  /**
   * Makes a data source.
   *
   * @param standbys the pool whose state tells whether a standby is there
   * @param ofStandbys its connections, read-only
   * @param login whether a standby takes a login beside the pool
   * @param primary read-only connections
   */
  ReaderDataSource(
      CruddurPool standbys, DataSource ofStandbys, Callable<Boolean> login, DataSource primary) {
    this.standbys = standbys;
    this.ofStandbys = ofStandbys;
    this.login = new SharedLook<>(standbys.getPoolName() + "-login", login);
    this.primary = primary;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (away) {
      lookAgain();
      return primary.getConnection();
    }
    try {
      return ofStandbys.getConnection();
    } catch (SQLException failure) {
      return orElsePrimary(failure);
    }
  }

  /** Standbys that are only busy are no reason to burden the primary. */
  private Connection orElsePrimary(SQLException failure) throws SQLException {
    if (standbys.isClosed() || (standbys.holdsConnections() && takesLogin())) {
      throw failure;
    }
    lookedAt = System.nanoTime();
    if (!away) {
      away = true;
      LOG.warn(
          "{}: no standby answers, and the primary is read from until one does: {}",
          standbys.getPoolName(),
          failure.getMessage());
    }
    try {
      return primary.getConnection();
    } catch (SQLException second) {
      second.addSuppressed(failure);
      throw second;
    }
  }

  /**
   * All connections in use, and none given back in the acquire time-out: the standby is busy, or
   * silent.
   */
  private boolean takesLogin() {
    try {
      Duration longest = Duration.ofMillis(standbys.getConnectionTimeout());
      return SharedLook.await(login.begin(), longest);
    } catch (TimeoutException | ExecutionException silent) {
      LOG.debug("{}: no login", standbys.getPoolName(), silent);
      return false;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void lookAgain() {
    if (System.nanoTime() - lookedAt >= LOOK_AGAIN.toNanos()
        && looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name(standbys.getPoolName() + "-look").start(this::look);
    }
  }

  /** A connection that it gets stays in the pool, for whoever comes next. */
  private void look() {
    try (Connection connection = standbys.getConnection()) {
      LOG.trace("{}: {}", standbys.getPoolName(), connection);
      away = false;
      LOG.info("{}: a standby answers, and is read from again", standbys.getPoolName());
    } catch (SQLException stillAway) {
      LOG.debug("{}: still no standby", standbys.getPoolName(), stillAway);
    } finally {
      lookedAt = System.nanoTime();
      looking.set(false);
    }
  }
}
