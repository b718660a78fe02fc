package com.cruddur.db.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A server seen from another database of it: nobody can drop the one that he is connected to. */
final class MaintenanceDatabase implements AutoCloseable {

  private static final List<String> CANDIDATES = List.of("postgres", "template1");
  private static final Set<String> THE_SERVERS =
      Set.of("postgres", "template0", "template1", "rdsadmin");

  private final Database database;

  private MaintenanceDatabase(Database database) {
    this.database = database;
  }

  static MaintenanceDatabase of(Target target) throws SQLException {
    target.requireOneHost();
    List<String> candidates = new ArrayList<>(CANDIDATES);
    candidates.remove(target.database());
    for (int i = 0; ; i++) {
      try {
        return new MaintenanceDatabase(target.withDatabase(candidates.get(i)).open());
      } catch (SQLException failure) {
        if (!"3D000".equals(failure.getSQLState()) || i == candidates.size() - 1) {
          throw failure;
        }
      }
    }
  }

  Database database() {
    return database;
  }

  boolean has(String name) throws SQLException {
    try (Connection connection = database.connect()) {
      return Sql.holds(
          connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ?)", name);
    }
  }

  /** Creates a database, and returns whether it was not there before. */
  boolean create(String name) throws SQLException {
    if (has(name)) {
      return false;
    }
    try (Connection connection = database.connect()) {
      // Not template1: what somebody left there is none of ours, nor is its encoding.
      Sql.execute(
          connection,
          "CREATE DATABASE " + Sql.identifier(name) + " TEMPLATE template0 ENCODING 'UTF8'");
      return true;
    } catch (SQLException failure) {
      if ("42P04".equals(failure.getSQLState())) {
        return false;
      }
      throw failure;
    }
  }

  /**
   * Drops a database and ends its sessions, and says which programs' they were. The one of our own
   * may not have ended yet.
   */
  String drop(String name, int ownProcess) throws SQLException {
    try (Connection connection = database.connect()) {
      List<String> programs =
          Sql.list(
              connection,
              """
              SELECT coalesce(nullif(application_name, ''), '(no name)')
              FROM pg_catalog.pg_stat_activity
              WHERE datname = ? AND coalesce(backend_type, 'client backend') = 'client backend'
                AND pid <> ? ORDER BY 1""",
              row -> row.getString(1),
              name,
              ownProcess);
      Sql.execute(connection, "DROP DATABASE " + Sql.identifier(name) + " WITH (FORCE)");
      return ended(programs);
    }
  }

  static String ended(List<String> programs) {
    String names =
        programs.stream()
            .collect(Collectors.groupingBy(Printable::of, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return Printable.count(programs.size(), "session")
        + " ended"
        + (names.isEmpty() ? "" : ": " + names);
  }

  /** Refuses the databases that a server needs itself. */
  static void requireDroppable(String name) {
    if (THE_SERVERS.contains(name)) {
      throw new RefusedException(
          name + " belongs to the server itself and is not dropped. Nothing was changed.");
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
