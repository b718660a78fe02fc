package com.cruddur.db.activities;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of what a search found, as PostgreSQL wrote it. The array of bytes is not copied: whoever
 * changes it changes the page.
 *
 * @since 0.1.0
 */
public final class SearchPage {

  private final byte[] json;
  private final int rows;
  private final @Nullable SearchCursor next;

  SearchPage(byte[] json, int rows, @Nullable SearchCursor next) {
    this.json = json;
    this.rows = rows;
    this.next = next;
  }

  /**
   * Returns the page as JSON in UTF-8: an array, best first, of objects with the keys uuid, handle,
   * message and created_at.
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
   * @return a cursor for {@link SearchRequest#after}, or nothing if this is the last page
   */
  public Optional<SearchCursor> next() {
    return Optional.ofNullable(next);
  }
}
