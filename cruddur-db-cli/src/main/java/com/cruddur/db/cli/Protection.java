package com.cruddur.db.cli;

import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.SchemaStatus;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Keeps commands that destroy away from protected databases. It never asks: a script would answer,
 * and a person who types in haste, too.
 */
final class Protection {

  private static final String OPTION = "--force-protected";

  @Option(
      names = OPTION,
      paramLabel = "DATABASE",
      description = "Act on a protected database; its name, again.")
  private @Nullable String forced;

  /**
   * Refuses unless the database may be harmed.
   *
   * @param deed what would be done, such as {@code be dropped}
   * @throws RefusedException if it is protected and was not named, if another was named, or if it
   *     belongs to another environment than the one asked for
   */
  void require(Target target, Database database, String deed) throws SQLException {
    requireSameName(target, database);
    SchemaStatus status = Migrations.of(database.dataSource()).info();
    requireEnvironment(target, status);
    requireForce(target, status, deed);
  }

  /** Refuses unless a new database of that name may be made and filled. */
  void requireForNew(Target target, Database maintenance, String deed) {
    requireForcedName(target);
    SchemaStatus server = Migrations.of(maintenance.dataSource()).info();
    if (target.environment().isEmpty()) {
      requireForce(target, server, deed);
    }
  }

  private void requireForcedName(Target target) {
    if (forced != null && !forced.equals(target.database())) {
      throw new RefusedException(
          OPTION
              + " names another database than "
              + Printable.of(target.database())
              + ". Nothing was changed.");
    }
  }

  /** A pooler may know a database by another name. */
  private void requireSameName(Target target, Database database) throws SQLException {
    requireForcedName(target);
    try (Connection connection = database.connect()) {
      String name =
          Sql.one(connection, "SELECT pg_catalog.current_database()", row -> row.getString(1));
      if (!name.equals(target.database())) {
        throw new RefusedException(
            Printable.of(target.database())
                + " is another's name for the database "
                + Printable.of(name)
                + ". Connect to the server directly; nothing was changed.");
      }
    }
  }

  private static void requireEnvironment(Target target, SchemaStatus status) {
    String stored = status.environment();
    if (stored != null && target.environment().filter(name -> !name.equals(stored)).isPresent()) {
      throw new RefusedException(
          Printable.of(target.database())
              + " belongs to the environment "
              + stored
              + " and not to "
              + target.environment().orElseThrow()
              + ". Check "
              + target.source()
              + "; nothing was changed.");
    }
  }

  private void requireForce(Target target, SchemaStatus status, String deed) {
    if (holds(target, status) && forced == null) {
      throw new RefusedException(
          Printable.of(target.database())
              + " is protected and will not "
              + deed
              + ": "
              + reason(status)
              + ". Nothing was changed. Are you sure? Then add "
              + OPTION
              + " "
              + Printable.quoted(Printable.of(target.database())));
    }
  }

  /** The server's own address is no proof: a pooler on its machine reaches it by loopback. */
  static boolean holds(Target target, SchemaStatus status) {
    return status.isProtected() || (status.environment() == null && !target.isOnLoopback());
  }

  private static String reason(SchemaStatus status) {
    return status.environment() == null
        ? "it has no environment name, and its server is not on this machine's loopback"
        : "its environment is " + status.environment();
  }
}
