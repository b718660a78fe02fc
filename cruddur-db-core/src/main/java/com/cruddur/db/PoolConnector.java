package com.cruddur.db;

import com.cruddur.db.internal.SqlSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the connections of a pool and decides what a failure means for those who wait for one. Used
 * by the one thread that HikariCP has for it, in whose stead it pauses: HikariCP's own pauses grow
 * to 5 seconds, and nobody who comes meanwhile ends them.
 */
final class PoolConnector {

  /**
   * A server that restarts, a fail-over, a network that is down, too many connections: it may be
   * over in a moment. A refused login is not.
   */
  private static final Set<String> PASSING =
      Set.of("08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "53300");

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration WHILE_WAITED_FOR = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final CruddurPool pool;
  private final SqlSupplier<Connection> source;
  private final Duration patience;
  private volatile boolean wasThere;
  private volatile @Nullable Long failingSince;

  /**
   * Makes a connector.
   *
   * @param patience how long those who wait are not told of an outage that may pass
   * @param wasThere whether the database has been reached before
   */
  PoolConnector(
      CruddurPool pool, SqlSupplier<Connection> source, Duration patience, boolean wasThere) {
    this.pool = pool;
    this.source = source;
    this.patience = patience;
    this.wasThere = wasThere;
  }

  /** Returns a connection, or what stands for none to whoever waits. */
  Connection connect() throws SQLException {
    Duration pause = WHILE_WAITED_FOR;
    while (true) {
      long start = System.nanoTime();
      // Who came later is told of an attempt of his own: what is wrong may have been put right.
      boolean asked = pool.isWaitedFor();
      try {
        Connection connection = source.get();
        wasThere = true;
        failingSince = null;
        pool.remember(null);
        return connection;
      } catch (SQLException failure) {
        pool.remember(failure);
        failingSince = failingSince == null ? start : failingSince;
        if (asked && pool.isWaitedForInVain() && !mayPass(failure)) {
          return pool.failedConnection(failure);
        }
        if (!pool.isShortOfConnections() || !pause(pause)) {
          throw failure;
        }
        pause = longer(pause);
      }
    }
  }

  /** A database that was never reached is more likely misspelt than restarting. */
  private boolean mayPass(SQLException failure) {
    Long since = failingSince;
    return wasThere
        && PASSING.contains(String.valueOf(failure.getSQLState()))
        && (since == null || since(since).compareTo(patience) < 0);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }

  /** Returns false if the thread was interrupted; who comes for a connection cuts it short. */
  private boolean pause(Duration longest) {
    long start = System.nanoTime();
    try {
      while (since(start).compareTo(pool.isWaitedFor() ? WHILE_WAITED_FOR : longest) < 0
          && pool.isShortOfConnections()) {
        Thread.sleep(LOOK);
      }
      return true;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
