package com.cruddur.db.activities;

import java.util.List;
import java.util.Objects;

/**
 * An activity with its direct replies, for Java. The web client reads the same as JSON. Immutable.
 *
 * @param activity the activity, or reply
 * @param replies its direct replies, in the order of time; immutable, and empty if there are none
 * @since 0.1.0
 */
public record ShownActivity(Activity activity, List<Activity> replies) {

  /** Refuses null, and copies the list. */
  public ShownActivity {
    Objects.requireNonNull(activity, "activity");
    replies = List.copyOf(replies);
  }
}
