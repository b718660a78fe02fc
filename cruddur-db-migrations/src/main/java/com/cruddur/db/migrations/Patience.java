package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what did not get its lock in time. Migrations wait for a lock only briefly, because
 * everybody else queues behind them while they do.
 */
final class Patience {

  static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Work that may fail for want of a lock. */
  interface Work {
    void run() throws SQLException;
  }

  /** Reading that may have to wait for a lock. */
  interface Reading<T> {
    T read() throws SQLException;
  }

  private final MigrationSession session;
  private final Duration limit;

  Patience(MigrationSession session, Duration limit) {
    this.session = session;
    this.limit = limit;
  }

  /** Runs the work until it gets its locks; the limit counts from the last progress. */
  void untilLocked(Work work) throws SQLException {
    long progress = System.nanoTime();
    long lastLine = progress;
    int applied = untilRead(() -> History.of(session.sql()).applied().size());
    for (int attempt = 1; ; attempt++) {
      try {
        work.run();
        return;
      } catch (SQLException | FlywayException failure) {
        if (!wantsLock(failure)) {
          throw failure;
        }
        int appliedNow = untilRead(this::forgetFailures);
        long now = System.nanoTime();
        if (appliedNow > applied) {
          applied = appliedNow;
          progress = now;
          attempt = 1;
        }
        if (now - progress > limit.toNanos()) {
          throw failure;
        }
        if (now - lastLine > BETWEEN_LINES.toNanos()) {
          LOG.info(
              "Waiting for a lock to apply {}, attempt {}; {}",
              untilRead(() -> History.of(session.sql()).next()),
              attempt,
              whoIsInTheWay());
          lastLine = now;
        }
        sleep(pauseAfter(attempt));
      }
    }
  }

  private int forgetFailures() throws SQLException {
    History history = History.of(session.sql());
    history.forgetFailures();
    return history.applied().size();
  }

  /** Reads as soon as nobody holds an exclusive lock; what it does must be safe to repeat. */
  <T> T untilRead(Reading<T> reading) throws SQLException {
    long start = System.nanoTime();
    long lastLine = start;
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.read();
      } catch (SQLException | FlywayException failure) {
        long now = System.nanoTime();
        if (!wantsLock(failure) || now - start > limit.toNanos()) {
          throw failure;
        }
        if (now - lastLine > BETWEEN_LINES.toNanos()) {
          LOG.info("Waiting to read the tables, attempt {}; {}", attempt, whoIsInTheWay());
          lastLine = now;
        }
        sleep(pauseAfter(attempt));
      }
    }
  }

  String whoIsInTheWay() throws SQLException {
    return Blockers.in(session.sql());
  }

  static boolean wantsLock(Throwable failure) {
    String state = FailureMessage.serverError(failure).map(SQLException::getSQLState).orElse("");
    return state.equals("55P03") || state.equals("40P01");
  }

  static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MigrationException(
          "The thread was interrupted while it waited for a lock", interrupted);
    }
  }

  private static Duration pauseAfter(int attempt) {
    Duration pause = Duration.ofMillis(50L << Math.min(attempt, 6));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
