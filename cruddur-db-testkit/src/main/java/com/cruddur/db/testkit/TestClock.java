package com.cruddur.db.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A clock that a test moves. A test that takes one as a parameter gets a {@link
 * com.cruddur.db.CruddurDb} that goes by it: what is created, what has expired. Column defaults and
 * SQL of the test's own keep the server's time.
 *
 * {@snippet class="com.cruddur.db.testkit.TestClockTest" region="clock"}
 *
 * <p>It stands still, except that each reading is a microsecond, PostgreSQL's unit of time, after
 * the one before: what is created later is newer. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TestClock extends Clock {

  private Instant next;

  private TestClock(Instant start) {
    this.next = start;
  }

  /**
   * Returns a clock that stands at the time of this machine.
   *
   * @return a new clock, in UTC
   */
  public static TestClock atNow() {
    return at(Instant.now());
  }

  /**
   * Returns a clock that stands at a time.
   *
   * @param time its first reading; parts of a microsecond are cut off
   * @return a new clock, in UTC
   */
  public static TestClock at(Instant time) {
    return new TestClock(time.truncatedTo(ChronoUnit.MICROS));
  }

  /**
   * Moves the clock forward, or back.
   *
   * @param time how far; negative to go back
   * @return this clock
   */
  public synchronized TestClock advance(Duration time) {
    next = next.plus(time).truncatedTo(ChronoUnit.MICROS);
    return this;
  }

  /**
   * Sets the clock.
   *
   * @param time its next reading; parts of a microsecond are cut off
   * @return this clock
   */
  public synchronized TestClock set(Instant time) {
    next = time.truncatedTo(ChronoUnit.MICROS);
    return this;
  }

  /** Returns the time, and lets the next reading be a microsecond later. */
  @Override
  public synchronized Instant instant() {
    Instant now = next;
    next = now.plus(1, ChronoUnit.MICROS);
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** Returns the same clock in another zone: it moves with this one. */
  @Override
  public Clock withZone(ZoneId zone) {
    return new InZone(this, Objects.requireNonNull(zone, "zone"));
  }

  private static final class InZone extends Clock {

    private final TestClock clock;
    private final ZoneId zone;

    private InZone(TestClock clock, ZoneId zone) {
      this.clock = clock;
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return clock.withZone(other);
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }
}
