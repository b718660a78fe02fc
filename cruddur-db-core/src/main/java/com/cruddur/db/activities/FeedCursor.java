package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;
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
  private static final int BODY = 1 + Long.BYTES + 2 * Long.BYTES;
  private static final int LENGTH = BODY + Integer.BYTES;

  private final Instant createdAt;
  private final UUID uuid;

  private FeedCursor(Instant createdAt, UUID uuid) {
    this.createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    this.uuid = uuid;
  }

  static FeedCursor after(Instant createdAt, UUID uuid) {
    return new FeedCursor(createdAt, uuid);
  }

  /**
   * Reads what {@link #toString()} wrote, in this process or any other.
   *
   * @param text the cursor as text
   * @return the cursor
   * @throws InvalidInputException with code {@code cursor_invalid} if the text is no such cursor
   */
  public static FeedCursor parse(@Nullable String text) {
    ByteBuffer bytes = ByteBuffer.wrap(decode(text));
    if (bytes.capacity() != LENGTH
        || bytes.get(0) != VERSION
        || bytes.getInt(BODY) != checksum(bytes)) {
      throw invalid();
    }
    Instant createdAt = Instant.EPOCH.plus(bytes.getLong(1), ChronoUnit.MICROS);
    return new FeedCursor(
        createdAt, new UUID(bytes.getLong(1 + Long.BYTES), bytes.getLong(1 + 2 * Long.BYTES)));
  }

  Instant createdAt() {
    return createdAt;
  }

  UUID uuid() {
    return uuid;
  }

  private static byte[] decode(@Nullable String text) {
    if (text == null) {
      throw invalid();
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static InvalidInputException invalid() {
    return new InvalidInputException(
        "cursor_invalid", "The cursor is not one of this feed's. Start with the first page.");
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.array(), 0, BODY);
    return (int) checksum.getValue();
  }

  /**
   * Returns the cursor as text, for {@link #parse}.
   *
   * @return 39 characters of {@code A-Z a-z 0-9 - _}
   */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    bytes.put(VERSION).putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt));
    bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    bytes.putInt(checksum(bytes));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
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
