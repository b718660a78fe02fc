package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonPage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A page as PostgreSQL wrote it.
 *
 * @param <C> the kind of cursor that its pages are asked for with
 */
abstract sealed class WrittenPage<C> permits FeedPage, SearchPage {

  private final JsonPage<C> page;

  WrittenPage(JsonPage<C> page) {
    this.page = page;
  }

  /**
   * Returns the page as JSON in UTF-8. The array of bytes is not copied: whoever changes it changes
   * the page.
   *
   * @return {@code []} for a page without activities
   */
  public byte[] json() {
    return page.json();
  }

  /**
   * Returns the page as JSON, decoded.
   *
   * @return the text of {@link #json()}
   */
  public String jsonText() {
    return new String(page.json(), StandardCharsets.UTF_8);
  }

  /**
   * Returns the number of activities on the page.
   *
   * @return 0 to the limit of the request
   */
  public int rows() {
    return page.rows();
  }

  /**
   * Returns where the next page begins.
   *
   * @return a cursor for the request of the next page, or nothing if this is the last page
   */
  public Optional<C> next() {
    return Optional.ofNullable(page.next());
  }
}
