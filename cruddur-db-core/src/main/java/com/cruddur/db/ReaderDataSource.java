package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
  private final DataSource primary;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile long lookedAt;
  private volatile boolean away;

  /**
   * Makes a data source.
   *
   * @param standbys the pool whose state tells whether a standby is there
   * @param ofStandbys its connections, read-only
   * @param primary read-only connections
   */
  ReaderDataSource(CruddurPool standbys, DataSource ofStandbys, DataSource primary) {
    this.standbys = standbys;
    this.ofStandbys = ofStandbys;
    this.primary = primary;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (away && !standbys.holdsConnections()) {
      lookAgain();
      return primary.getConnection();
    }
    Connection connection;
    try {
      connection = ofStandbys.getConnection();
    } catch (SQLException failure) {
      return orElsePrimary(failure);
    }
    if (away) {
      away = false;
      LOG.info("{}: a standby answers, and is read from again", standbys.getPoolName());
    }
    return connection;
  }

  /** Standbys that are only busy are no reason to burden the primary. */
  private Connection orElsePrimary(SQLException failure) throws SQLException {
    if (standbys.holdsConnections() || standbys.isClosed()) {
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

  private void lookAgain() {
    if (System.nanoTime() - lookedAt >= LOOK_AGAIN.toNanos()
        && looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name(standbys.getPoolName() + "-look").start(this::look);
    }
  }

  /** A connection that it gets stays in the pool, for whoever comes next. */
  private void look() {
    try (Connection connection = standbys.getConnection()) {
      LOG.debug("{}: {} answers", standbys.getPoolName(), connection);
    } catch (SQLException stillAway) {
      LOG.debug("{}: still no standby", standbys.getPoolName(), stillAway);
    } finally {
      lookedAt = System.nanoTime();
      looking.set(false);
    }
  }
}
