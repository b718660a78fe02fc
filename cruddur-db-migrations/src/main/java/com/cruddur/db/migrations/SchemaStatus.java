package com.cruddur.db.migrations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a database.
 *
 * @param state who made its tables
 * @param schemaVersion the version of the schema, such as {@code 28}, or {@code none}
 * @param applied the migrations that were applied, in their order; those before the version at
 *     which a database was adopted are not among them
 * @param pending the names of the migrations that were not
 * @param environment the name of its environment, or null if it was never named
 * @param isProtected whether it must not be dropped or reset: its environment is none of {@code
 *     dev}, {@code test} and {@code local}, or it has no name and its server was not reached on
 *     loopback, as both sides see it
 * @since 0.1.0
 */
public record SchemaStatus(
    SchemaState state,
    String schemaVersion,
    List<String> applied,
    List<String> pending,
    @Nullable String environment,
    boolean isProtected) {

  /** Copies the lists, so that the status cannot change. */
  public SchemaStatus {
    applied = List.copyOf(applied);
    pending = List.copyOf(pending);
  }
}
