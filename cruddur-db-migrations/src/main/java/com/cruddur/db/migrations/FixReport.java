package com.cruddur.db.migrations;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a {@link Fix} changed.
 *
 * @param fix the fix
 * @param changes each kind of change that it made; empty if there was nothing to do
 * @param merged every user whom {@link Fixes#mergeUsers()} deleted, in the order of the uuids, for
 *     whoever keeps their uuids elsewhere; empty for the other fixes
 * @since 0.1.0
 */
public record FixReport(Fix fix, List<Change> changes, List<MergedUser> merged) {

  /** Copies the lists, so that the report cannot change. */
  public FixReport {
    changes = List.copyOf(changes);
    merged = List.copyOf(merged);
  }

  /**
   * A user who is gone, and who has their activities now.
   *
   * @param uuid of the user who was deleted
   * @param into the uuid of the oldest user of the same Cognito id
   * @since 0.1.0
   */
  public record MergedUser(UUID uuid, UUID into) {}

  /**
   * One kind of change.
   *
   * @param description such as {@code activities moved to the oldest user}
   * @param rows how many rows it changed
   * @param examples the uuids of up to ten of them
   * @since 0.1.0
   */
  public record Change(String description, long rows, List<UUID> examples) {

    /** Copies the list, so that the change cannot change. */
    public Change {
      examples = List.copyOf(examples);
    }
  }

  /**
   * Returns one line with the counts alone, such as {@code RECOUNT: 3 missing counters set to 0}.
   */
  @Override
  public String toString() {
    return fix
        + ": "
        + (changes.isEmpty()
            ? "nothing to do"
            : changes.stream()
                .map(change -> change.rows() + " " + change.description())
                .collect(Collectors.joining(", ")));
  }
}
