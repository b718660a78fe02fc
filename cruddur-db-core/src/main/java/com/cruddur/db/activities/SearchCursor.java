package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.CursorText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A place in what a search found: just after one activity, by (rank, created_at, uuid) descending.
 *
 * <p>As text it is as opaque as a {@link FeedCursor}, and only good for the term that was searched
 * for. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SearchCursor {

  private static final byte VERSION = 2;
  private static final int LENGTH = 2 * Integer.BYTES + 4 * Long.BYTES;

  private final int term;
  private final Instant since;
  private final float rank;
  private final FeedCursor place;

  private SearchCursor(int term, Instant since, float rank, FeedCursor place) {
    this.term = term;
    this.since = since;
    this.rank = rank;
    this.place = place;
  }

  static SearchCursor after(String term, Instant since, float rank, FeedCursor place) {
    return new SearchCursor(checksum(term), since, rank, place);
  }

  /**
   * Reads what {@link #toString()} wrote, in this process or any other.
   *
   * @param text the cursor as text
   * @return the cursor
   * @throws InvalidInputException with code {@code cursor_invalid} if the text is no such cursor
   */
  public static SearchCursor parse(@Nullable String text) {
    ByteBuffer content = CursorText.read(VERSION, LENGTH, text);
    int term = content.getInt();
    Instant since = FeedCursor.readTime(content);
    return new SearchCursor(term, since, content.getFloat(), FeedCursor.read(content));
  }

  boolean isOf(String searched) {
    return term == checksum(searched);
  }

  /** Returns the time from which on the activities are ranked that the pages are made of. */
  Instant since() {
    return since;
  }

  float rank() {
    return rank;
  }

  FeedCursor place() {
    return place;
  }

  private static int checksum(String term) {
    CRC32C checksum = new CRC32C();
    checksum.update(term.getBytes(StandardCharsets.UTF_8));
    return (int) checksum.getValue();
  }

  /**
   * Returns the cursor as text, for {@link #parse}.
   *
   * @return 60 characters of {@code A-Z a-z 0-9 - _}
   */
  @Override
  public String toString() {
    ByteBuffer content = ByteBuffer.allocate(LENGTH).putInt(term);
    FeedCursor.writeTime(content, since);
    content.putFloat(rank);
    place.write(content);
    return CursorText.write(VERSION, content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SearchCursor cursor
        && cursor.term == term
        && cursor.since.equals(since)
        && Float.compare(cursor.rank, rank) == 0
        && cursor.place.equals(place);
  }

  @Override
  public int hashCode() {
    return Objects.hash(term, since, rank, place);
  }
}
