package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.CursorText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A place in what a search found: just after one activity, by (rank, created_at, uuid) descending,
 * among those that are ranked together.
 *
 * <p>As text it is as opaque as a {@link FeedCursor}, and only good for the term that was searched
 * for. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SearchCursor {

  private static final byte VERSION = 3;
  private static final int KEY = 3 * Long.BYTES;
  private static final int LENGTH = 2 * Integer.BYTES + 1 + 3 * KEY;

  private static final FeedCursor START = FeedCursor.after(Instant.MAX, new UUID(-1, -1));
  private static final FeedCursor END = FeedCursor.after(Instant.MIN, new UUID(0, 0));

  private final int term;
  private final Band band;
  private final float rank;
  private final FeedCursor place;

  private SearchCursor(int term, Band band, float rank, FeedCursor place) {
    this.term = term;
    this.band = band;
    this.rank = rank;
    this.place = place;
  }

  /**
   * The activities that are ranked together, by (created_at, uuid) descending.
   *
   * @param until the last one before them
   * @param since the last one of them; unknown, and as if the last of all, before they were read
   * @param state whether they were read, and whether more follow
   */
  record Band(FeedCursor until, FeedCursor since, State state) {

    /** The newest, not read yet. */
    static final Band FIRST = new Band(START, END, State.NEW);

    enum State {
      NEW,
      LAST,
      FOLLOWED
    }

    /** Returns the same, of which is known now what is its last activity, or that it is all. */
    Band read(@Nullable FeedCursor last, boolean isFollowed) {
      return new Band(until, last == null ? END : last, isFollowed ? State.FOLLOWED : State.LAST);
    }

    boolean isNew() {
      return state == State.NEW;
    }
  }

  static SearchCursor after(String term, Band band, float rank, FeedCursor place) {
    return new SearchCursor(checksum(term), band, rank, place);
  }

  /** Returns the place behind all that are ranked together here, or null if it is the end. */
  @Nullable SearchCursor following() {
    return band.state == Band.State.FOLLOWED
        ? new SearchCursor(term, new Band(band.since, END, Band.State.NEW), 0, band.since)
        : null;
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
    byte state = content.get();
    if (state < 0 || state >= Band.State.values().length) {
      throw CursorText.invalid();
    }
    Band band =
        new Band(FeedCursor.read(content), FeedCursor.read(content), Band.State.values()[state]);
    return new SearchCursor(term, band, content.getFloat(), FeedCursor.read(content));
  }

  boolean isOf(String searched) {
    return term == checksum(searched);
  }

  Band band() {
    return band;
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
   * @return 115 characters of {@code A-Z a-z 0-9 - _}
   */
  @Override
  public String toString() {
    ByteBuffer content = ByteBuffer.allocate(LENGTH).putInt(term).put((byte) band.state.ordinal());
    band.until.write(content);
    band.since.write(content);
    content.putFloat(rank);
    place.write(content);
    return CursorText.write(VERSION, content);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SearchCursor cursor
        && cursor.term == term
        && cursor.band.equals(band)
        && Float.compare(cursor.rank, rank) == 0
        && cursor.place.equals(place);
  }

  @Override
  public int hashCode() {
    return Objects.hash(term, band, rank, place);
  }
}
