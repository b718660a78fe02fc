package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.CursorText;
import com.cruddur.db.internal.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of which search is wanted. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class SearchRequest {

  /** The most activities that a page may have. */
  public static final int MAX_LIMIT = 100;

  /** The most characters (Unicode code points) that a term may have. */
  public static final int MAX_CHARACTERS = 280;

  private final String term;
  private final int limit;
  private final @Nullable SearchCursor after;

  private SearchRequest(String term, int limit, @Nullable SearchCursor after) {
    this.term = term;
    this.limit = limit;
    this.after = after;
  }

  /**
   * Returns the request for the first page of a search.
   *
   * @param term the words to be found, in any order; all of them must occur, and of the last one
   *     the beginning is enough. Nothing in it has a special meaning
   * @param limit how many activities at the most, 1 to {@value #MAX_LIMIT}
   * @return the request
   * @throws InvalidInputException with code {@code search_term_blank} if the term is null, blank,
   *     longer than {@value #MAX_CHARACTERS} characters or contains U+0000
   * @throws IllegalArgumentException if the limit is out of bounds
   */
  public static SearchRequest first(@Nullable String term, int limit) {
    String words = Texts.required(term, "search_term_blank", "search term");
    Texts.limited(words, MAX_CHARACTERS, "search_term_blank", "search term");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "A page has 1 to " + MAX_LIMIT + " activities, not " + limit + ".");
    }
    return new SearchRequest(words.strip(), limit, null);
  }

  /**
   * Returns the same request for the page after a cursor.
   *
   * @param cursor from {@link SearchPage#next()} of the page before
   * @return a copy of this request
   * @throws InvalidInputException with code {@code cursor_invalid} if the cursor is from the search
   *     for another term
   */
  public SearchRequest after(SearchCursor cursor) {
    if (!cursor.isOf(term)) {
      throw CursorText.invalid();
    }
    return new SearchRequest(term, limit, cursor);
  }

  String term() {
    return term;
  }

  int limit() {
    return limit;
  }

  Optional<SearchCursor> after() {
    return Optional.ofNullable(after);
  }
}
