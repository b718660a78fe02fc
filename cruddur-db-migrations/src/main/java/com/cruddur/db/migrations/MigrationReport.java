package com.cruddur.db.migrations;

import java.util.List;
import java.util.Objects;

/**
 * What one run of {@link Migrations#migrate()} did.
 *
 * @param applied the migrations that this run applied, in their order, such as {@code V2
 *     time_stamps_with_time_zone}; empty if the schema was up to date
 * @param schemaVersion the version of the schema after the run, such as {@code 6}
 * @since 0.1.0
 */
public record MigrationReport(List<String> applied, String schemaVersion) {

  /** Copies the list, so that the report cannot change. */
  public MigrationReport {
    applied = List.copyOf(applied);
    Objects.requireNonNull(schemaVersion, "schemaVersion");
  }
}
