package com.cruddur.db.testkit;

import com.cruddur.db.CruddurQueries;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Fills a database with as many activities as a test wants, a million if need be, by COPY. The rows
 * follow from one number: the same number gives the same users, texts, counters and uuids, and the
 * same times reckoned from {@link #until}.
 *
 * {@snippet class="com.cruddur.db.testkit.ActivityGeneratorTest" region="generator"}
 *
 * <p>A test that takes a generator as a parameter gets one with a new number each time, which is
 * printed if the test fails; {@code -Dcruddur.testkit.number=} brings it back. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ActivityGenerator {

  private static final int USERS = 100;
  private static final int MOST_USERS = 1_000_000;
  private static final long MOST_NUMBERS = 1_000_000_000;

  private final long number;
  private final int users;
  private final double replies;
  private final double expired;
  private final @Nullable Instant until;

  private ActivityGenerator(
      long number, int users, double replies, double expired, @Nullable Instant until) {
    this.number = number;
    this.users = users;
    this.replies = replies;
    this.expired = expired;
    this.until = until;
  }

  /**
   * Returns a generator of 100 users, whose activities are all alive, without replies.
   *
   * @param number any; all rows follow from it
   * @return the generator
   */
  public static ActivityGenerator of(long number) {
    return new ActivityGenerator(number, USERS, 0, 0, null);
  }

  /** Returns one with the number of the settings, else a new one that is short enough to type. */
  static ActivityGenerator ofNewNumber() {
    return of(
        TestkitSettings.find("number")
            .map(ActivityGenerator::parse)
            .orElseGet(() -> ThreadLocalRandom.current().nextLong(MOST_NUMBERS)));
  }

  private static long parse(String number) {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException failure) {
      throw new IllegalArgumentException(
          "cruddur.testkit.number is \"" + number + "\", which is no whole number", failure);
    }
  }

  /**
   * Returns the number that all rows follow from.
   *
   * @return what {@link #of} was given
   */
  public long number() {
    return number;
  }

  /**
   * Chooses how many users post. The default is 100.
   *
   * @param count 1 to 1000000
   * @return a copy of this generator
   * @throws IllegalArgumentException if the count is out of bounds
   */
  public ActivityGenerator users(int count) {
    if (count < 1 || count > MOST_USERS) {
      throw new IllegalArgumentException("1 to 1000000 users can be generated, not " + count);
    }
    return new ActivityGenerator(number, count, replies, expired, until);
  }

  /**
   * Chooses which part of the activities are replies to earlier ones. The default is 0.
   *
   * @param share 0 to 1
   * @return a copy of this generator
   * @throws IllegalArgumentException if the share is out of bounds
   */
  public ActivityGenerator replies(double share) {
    return new ActivityGenerator(number, users, share(share, "replies"), expired, until);
  }

  /**
   * Chooses which part of the activities have expired. The default is 0.
   *
   * @param share 0 to 1
   * @return a copy of this generator
   * @throws IllegalArgumentException if the share is out of bounds
   */
  public ActivityGenerator expired(double share) {
    return new ActivityGenerator(number, users, replies, share(share, "expired"), until);
  }

  /**
   * Chooses the time of the newest activity; the oldest is 30 days older. What is alive expires
   * after it, the rest before. The default is the database's time when the rows are loaded.
   *
   * @param time the end
   * @return a copy of this generator
   */
  public ActivityGenerator until(OffsetDateTime time) {
    return new ActivityGenerator(
        number, users, replies, expired, Objects.requireNonNull(time, "time").toInstant());
  }

  /**
   * Inserts the users and as many activities, replies included, oldest first. Two COPY commands; in
   * a transaction if {@code db} is one.
   *
   * @param db the database, which has no rows of this number yet
   * @param activities how many, 0 or more
   * @throws IllegalArgumentException if the count is negative
   * @throws DataAccessException if the database refuses the rows, as it does the second time
   */
  public void load(CruddurQueries db, int activities) {
    if (activities < 0) {
      throw new IllegalArgumentException(activities + " activities cannot be generated");
    }
    Instant end =
        until == null ? db.dsl().fetchValue(DSL.currentOffsetDateTime()).toInstant() : until;
    db.dsl().connection(connection -> copy(connection, activities, end));
  }

  private void copy(Connection connection, int activities, Instant end) throws SQLException {
    GeneratedRows rows = new GeneratedRows(number, users, end);
    rows.copyUsers(connection);
    rows.copyActivities(connection, activities, replies, expired);
  }

  private static double share(double share, String name) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The share of " + name + " is 0 to 1, not " + share);
    }
    return share;
  }

  /** Names the number, from which a run can be repeated. */
  @Override
  public String toString() {
    return "ActivityGenerator[number=" + number + "]";
  }
}
