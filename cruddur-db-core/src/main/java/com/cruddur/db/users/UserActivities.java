package com.cruddur.db.users;

import com.cruddur.db.activities.Activity;
import com.cruddur.db.activities.FeedCursor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page of a user for Java: the profile, and up to 40 of the user's activities. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class UserActivities {

  private final UserProfile profile;
  private final String cognitoUserId;
  private final long crudsCount;
  private final List<Activity> activities;
  private final @Nullable FeedCursor next;

  UserActivities(
      UserProfile profile,
      String cognitoUserId,
      long crudsCount,
      List<Activity> activities,
      @Nullable FeedCursor next) {
    this.profile = profile;
    this.cognitoUserId = Objects.requireNonNull(cognitoUserId, "cognitoUserId");
    this.crudsCount = crudsCount;
    this.activities = List.copyOf(activities);
    this.next = next;
  }

  /**
   * Returns what others see of the user.
   *
   * @return the profile
   */
  public UserProfile profile() {
    return profile;
  }

  /**
   * Returns the user's id in Cognito, which the JSON has as cognito_user_uuid.
   *
   * @return the {@code sub}, or {@code MOCK} for a user without a login
   */
  public String cognitoUserId() {
    return cognitoUserId;
  }

  /**
   * Returns how many activities the user has on all pages together.
   *
   * @return the number without replies and what has expired
   */
  public long crudsCount() {
    return crudsCount;
  }

  /**
   * Returns the activities of the page, newest first.
   *
   * @return an immutable list of 0 to 40
   */
  public List<Activity> activities() {
    return activities;
  }

  /**
   * Returns where the next page begins.
   *
   * @return a cursor for {@link UserDao#pageActivities(String, FeedCursor)}, or nothing if this is
   *     the last page
   */
  public Optional<FeedCursor> next() {
    return Optional.ofNullable(next);
  }
}
