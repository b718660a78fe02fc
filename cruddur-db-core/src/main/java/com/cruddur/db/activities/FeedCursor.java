package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.CursorText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a feed: just after one activity, by (created_at, uuid) descending.
 *
 * <p>As text it is opaque, safe in URLs and headers, and holds a version and a checksum against
 * accidents. It is no secret and gives no rights, so it is not signed. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class FeedCursor {

  private static final byte VERSION = 1;
  private static final int LENGTH = Long.BYTES + 2 * Long.BYTES;

  /** What timestamptz holds (PostgreSQL manual, "Date/Time Types"). */
  private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+294276-12-31T23:59:59.999999Z");

  private final Instant createdAt;
  private final UUID uuid;

  private FeedCursor(Instant createdAt, UUID uuid) {
    this.createdAt = isInfinite(createdAt) ? createdAt : createdAt.truncatedTo(ChronoUnit.MICROS);
    this.uuid = uuid;
  }

  /**
   * Returns the place just after an activity.
   *
   * @param createdAt when the activity was created; what is finer than microseconds is left out.
   *     {@link Instant#MAX} and {@link Instant#MIN} are PostgreSQL's {@code infinity} and {@code
   *     -infinity}
   * @param uuid the activity's id
   * @return the cursor
   * @throws IllegalArgumentException if PostgreSQL has no such time
   */
  public static FeedCursor after(Instant createdAt, UUID uuid) {
    if (!isStorable(createdAt)) {
      throw new IllegalArgumentException(
          "The time of an activity is between 4713 BC and 294276, not " + createdAt + ".");
    }
    return new FeedCursor(createdAt, Objects.requireNonNull(uuid, "uuid"));
  }

  /**
   * Reads what {@link #toString()} wrote, in this process or any other.
   *
   * @param text the cursor as text
   * @return the cursor
   * @throws InvalidInputException with code {@code cursor_invalid} if the text is no such cursor
   */
  public static FeedCursor parse(@Nullable String text) {
    return read(CursorText.read(VERSION, LENGTH, text));
  }

  static FeedCursor read(ByteBuffer content) {
    return new FeedCursor(readTime(content), new UUID(content.getLong(), content.getLong()));
  }

  private static Instant readTime(ByteBuffer content) {
    long micros = content.getLong();
    if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      return micros > 0 ? Instant.MAX : Instant.MIN;
    }
    Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    if (!isStorable(time)) {
      throw CursorText.invalid();
    }
    return time;
  }

  private long micros() {
    if (isInfinite(createdAt)) {
      return createdAt.equals(Instant.MAX) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, createdAt);
  }

  private static boolean isInfinite(Instant createdAt) {
    return createdAt.equals(Instant.MAX) || createdAt.equals(Instant.MIN);
  }

  private static boolean isStorable(Instant createdAt) {
    return isInfinite(createdAt) || (!createdAt.isBefore(EARLIEST) && !createdAt.isAfter(LATEST));
  }

  void write(ByteBuffer content) {
    content.putLong(micros());
    content.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
  }

  /**
   * Returns when the activity was created.
   *
   * @return a time in whole microseconds, or {@link Instant#MAX} or {@link Instant#MIN} for
   *     PostgreSQL's {@code infinity} or {@code -infinity}
   */
  public Instant createdAt() {
    return createdAt;
  }

  /**
   * Returns the id of the activity.
   *
   * @return the uuid, which orders activities of the same time
   */
  public UUID uuid() {
    return uuid;
  }

  /**
   * Returns the cursor as text, for {@link #parse}.
   *
   * @return 39 characters of {@code A-Z a-z 0-9 - _}
   */
  @Override
  public String toString() {
    ByteBuffer content = ByteBuffer.allocate(LENGTH);
    write(content);
    return CursorText.write(VERSION, content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FeedCursor cursor
        && cursor.createdAt.equals(createdAt)
        && cursor.uuid.equals(uuid);
  }

  @Override
  public int hashCode() {
    return Objects.hash(createdAt, uuid);
  }
}
