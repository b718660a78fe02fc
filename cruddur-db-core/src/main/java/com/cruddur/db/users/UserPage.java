package com.cruddur.db.users;

import com.cruddur.db.activities.FeedCursor;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page of a user: the profile, and up to 40 of the user's activities.
 *
 * @since 0.1.0
 */
public final class UserPage {

  private final String json;
  private final int rows;
  private final @Nullable FeedCursor next;

  UserPage(String json, int rows, @Nullable FeedCursor next) {
    this.json = Objects.requireNonNull(json, "json");
    this.rows = rows;
    this.next = next;
  }

  /**
   * Returns the page as JSON, an object: profile with the keys uuid, cognito_user_uuid, handle,
   * display_name, bio and cruds_count; activities, an array, newest first, of objects with the keys
   * uuid, display_name, handle, message, created_at and expires_at.
   *
   * @return the text of the object
   */
  public String json() {
    return json;
  }

  /**
   * Returns the number of activities on the page.
   *
   * @return 0 to 40
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns where the next page begins.
   *
   * @return a cursor for {@link UserDao#page(String, FeedCursor)}, or nothing if this is the last
   *     page
   */
  public Optional<FeedCursor> next() {
    return Optional.ofNullable(next);
  }
}
