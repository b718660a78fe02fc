package com.cruddur.db.activities;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the home feed is wanted. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class FeedRequest {

  /** The most activities that a page may have. */
  public static final int MAX_LIMIT = 100;

  private final int limit;
  private final @Nullable FeedCursor after;
  private final boolean expired;
  private final boolean replies;

  private FeedRequest(int limit, @Nullable FeedCursor after, boolean expired, boolean replies) {
    this.limit = limit;
    this.after = after;
    this.expired = expired;
    this.replies = replies;
  }

  /**
   * Returns the request for the first page: the newest activities, without expired ones and
   * replies.
   *
   * @param limit how many activities at the most, 1 to {@value #MAX_LIMIT}
   * @return the request
   * @throws IllegalArgumentException if the limit is out of bounds
   */
  public static FeedRequest first(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "A page has 1 to " + MAX_LIMIT + " activities, not " + limit + ".");
    }
    return new FeedRequest(limit, null, false, false);
  }

  /**
   * Returns the same request for the page after a cursor.
   *
   * @param cursor from {@link FeedPage#next()} of the page before
   * @return a copy of this request
   */
  public FeedRequest after(FeedCursor cursor) {
    return new FeedRequest(limit, Objects.requireNonNull(cursor, "cursor"), expired, replies);
  }

  /**
   * Returns the same request with the activities that have expired. The default is without.
   *
   * @return a copy of this request
   */
  public FeedRequest withExpired() {
    return new FeedRequest(limit, after, true, replies);
  }

  /**
   * Returns the same request with the replies among the activities. The default is without.
   *
   * @return a copy of this request
   */
  public FeedRequest withReplies() {
    return new FeedRequest(limit, after, expired, true);
  }

  int limit() {
    return limit;
  }

  Optional<FeedCursor> after() {
    return Optional.ofNullable(after);
  }

  boolean expired() {
    return expired;
  }

  boolean replies() {
    return replies;
  }
}
