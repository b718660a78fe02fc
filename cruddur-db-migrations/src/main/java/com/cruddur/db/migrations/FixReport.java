package com.cruddur.db.migrations;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Fix} changed, complete: nothing that it overwrote or deleted is lost while somebody
 * keeps the report. So it holds personal data, and takes some 200 bytes of memory for each row; its
 * texts ({@code toString()}) hold neither values nor names, and may be logged.
 *
 * @param fix the fix
 * @param changes each kind of change that it made, in their order; empty if there was nothing to do
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
   * One row, before and after. Both texts are JSON objects as PostgreSQL writes them: of the
   * columns that the change set, or of all columns where the row was inserted or deleted. Time
   * stamps are UTC.
   *
   * @param uuid of the row
   * @param before its values before the change, such as {@code {"handle": "BOB"}}; null if it was
   *     inserted
   * @param after its values after the change; null if it was deleted
   * @since 0.1.0
   */
  public record ChangedRow(UUID uuid, @Nullable String before, @Nullable String after) {

    /** Returns the uuid alone. */
    @Override
    public String toString() {
      return uuid.toString();
    }
  }

  /**
   * One kind of change.
   *
   * @param description such as {@code activities moved to the oldest user}
   * @param table the table of the rows, {@code users} or {@code activities}
   * @param changed every row that it changed, in the order of the uuids
   * @since 0.1.0
   */
  public record Change(String description, String table, List<ChangedRow> changed) {

    private static final int EXAMPLES = 10;

    /** Copies the list, so that the change cannot change. */
    public Change {
      changed = List.copyOf(changed);
    }

    /**
     * Returns how many rows it changed.
     *
     * @return at least 1
     */
    public long rows() {
      return changed.size();
    }

    /**
     * Returns some of the rows that it changed.
     *
     * @return the uuids of the first ten
     */
    public List<UUID> examples() {
      return changed.stream().limit(EXAMPLES).map(ChangedRow::uuid).toList();
    }

    /** Returns the count and the description. */
    @Override
    public String toString() {
      return rows() + " " + description;
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
            : changes.stream().map(Change::toString).collect(Collectors.joining(", ")));
  }
}
