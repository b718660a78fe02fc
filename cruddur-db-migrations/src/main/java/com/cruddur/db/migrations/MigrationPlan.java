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
   * Returns the pending SQL as one text, to be read, or to be run as it is: it writes the history,
   * and sets the rights of the roles, as {@link Migrations#migrate()} does, which then has nothing
   * to do. What failed is not written down, and is applied by the next {@code migrate()}. Unlike
   * that, it waits for nobody: run it while no other migrator runs, and again after a lock
   * time-out.
   *
   * @return the scripts under a comment with their name, those that run in a transaction between
   *     BEGIN and COMMIT, without which psql would ignore their settings; empty if nothing is
   *     pending
   */
  public String sql() {
    if (pending.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(HistorySql.before(state));
    for (PendingMigration migration : pending) {
      boolean transactional = migration.transactional();
      text.append("-- ")
          .append(migration.name())
          .append(transactional ? "\nBEGIN;\n" : " (outside a transaction)\n")
          .append(migration.sql().strip())
          .append('\n')
          .append(migration.history())
          .append(transactional ? "\nCOMMIT;\n\n" : "\n\n");
    }
    return text.append("-- Rights of the roles\nBEGIN;\n")
        .append(BundledMigrations.text(BundledMigrations.RIGHTS_SCRIPT).strip())
        .append("\nCOMMIT;\n")
        .toString();
  }
}
