package com.cruddur.db.activities;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a feed, as PostgreSQL wrote it. The array of bytes is not copied: whoever changes it
 * changes the page.
 *
 * @since 0.1.0
 */
public final class FeedPage {

  private final byte[] json;
  private final int rows;
  private final @Nullable FeedCursor next;

  FeedPage(byte[] json, int rows, @Nullable FeedCursor next) {
    this.json = json;
    this.rows = rows;
    this.next = next;
  }

  /**
   * Returns the page as JSON in UTF-8: an array, newest first, of objects with the keys uuid,
   * display_name, handle, message, replies_count, reposts_count, likes_count,
   * reply_to_activity_uuid, expires_at and created_at.
   *
   * @return {@code []} for a page without activities
   */
  public byte[] json() {
    return json;
  }

  /**
   * Returns the page as JSON, decoded.
   *
   * @return the text of {@link #json()}
   */
  public String jsonText() {
    return new String(json, StandardCharsets.UTF_8);
  }

  /**
   * Returns the number of activities on the page.
   *
   * @return 0 to the limit of the request
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns where the next page begins.
   *
   * @return a cursor for {@link FeedRequest#after}, or nothing if this is the last page
   */
  public Optional<FeedCursor> next() {
    return Optional.ofNullable(next);
  }
}
