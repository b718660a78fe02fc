package com.cruddur.db.migrations;

import java.util.List;
import java.util.Objects;

/**
 * What one run of {@link Migrations#migrate()} did.
 *
 * @param applied the migrations that this run applied, in their order, such as {@code V4
 *     users_email_and_bio}; empty if the schema was up to date
 * @param schemaVersion the version of the schema after the run, such as {@code 28}
 * @param adopted whether this run took over a database that had been made by hand
 * @since 0.1.0
 */
public record MigrationReport(List<String> applied, String schemaVersion, boolean adopted) {

  /** Copies the list, so that the report cannot change. */
  public MigrationReport {
    applied = List.copyOf(applied);
    Objects.requireNonNull(schemaVersion, "schemaVersion");
  }
}
