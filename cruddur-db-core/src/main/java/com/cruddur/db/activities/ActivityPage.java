package com.cruddur.db.activities;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of activities, for Java. Immutable and thread-safe.
 *
 * @param <C> the kind of cursor that its pages are asked for with
 * @since 0.1.0
 */
public final class ActivityPage<C> {

  private final List<Activity> activities;
  private final @Nullable C next;

  ActivityPage(List<Activity> activities, @Nullable C next) {
    this.activities = List.copyOf(activities);
    this.next = next;
  }

  /** Returns the same, with what follows if no page of the same kind does. */
  ActivityPage<C> or(@Nullable C following) {
    return next == null ? new ActivityPage<>(activities, following) : this;
  }

  /**
   * Returns the activities of the page, in the order of the JSON.
   *
   * @return an immutable list, of 0 to as many activities as the request said
   */
  public List<Activity> activities() {
    return activities;
  }

  /**
   * Returns where the next page begins.
   *
   * @return a cursor for the request of the next page, or nothing if this is the last page
   */
  public Optional<C> next() {
    return Optional.ofNullable(next);
  }
}
