package com.cruddur.db.migrations;

import java.util.List;

/**
 * What {@link Migrations#migrate()} would do.
 *
 * @param state what the database is now
 * @param pending the migrations that it would apply, in their order
 * @param differences why it would refuse a database that was made by hand: how its shape differs
 *     from every known one; empty if it would not
 * @param obstacles the data on account of which it would refuse, in the order in which to fix it
 * @since 0.1.0
 */
public record MigrationPlan(
    SchemaState state,
    List<PendingMigration> pending,
    List<String> differences,
    List<Obstacle> obstacles) {

  /** Copies the lists, so that the plan cannot change. */
  public MigrationPlan {
    pending = List.copyOf(pending);
    differences = List.copyOf(differences);
    obstacles = List.copyOf(obstacles);
  }

  /**
   * Returns the pending SQL as one text, to be read. Where it is run by hand, Flyway does not know
   * that it was.
   *
   * @return the scripts under a comment with their name, those that run in a transaction between
   *     BEGIN and COMMIT, without which psql would ignore their settings; empty if nothing is
   *     pending
   */
  public String sql() {
    StringBuilder text = new StringBuilder();
    for (PendingMigration migration : pending) {
      text.append("-- ")
          .append(migration.name())
          .append(migration.transactional() ? "" : " (outside a transaction)")
          .append(migration.transactional() ? "\nBEGIN;\n" : "\n")
          .append(migration.sql().strip())
          .append(migration.transactional() ? "\nCOMMIT;\n\n" : "\n\n");
    }
    return text.toString();
  }
}
