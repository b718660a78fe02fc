package com.cruddur.db.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What was loaded into a database, so that nothing is loaded twice. It is in a schema of its own,
 * apart from Cruddur's tables.
 */
final class SeedMemory {

  /** The bytes of "seeding": two runs at a time wait for each other. */
  private static final long LOCK_KEY = 0x73656564696e67L;

  private static final String TABLE =
      """
      CREATE SCHEMA IF NOT EXISTS cruddur_db;
      CREATE TABLE cruddur_db.seed_file (
        checksum text PRIMARY KEY,
        name text NOT NULL,
        loaded_at timestamptz NOT NULL DEFAULT current_timestamp);
      COMMENT ON TABLE cruddur_db.seed_file IS 'The seeds that were loaded, so that none is loaded twice.'""";

  private SeedMemory() {}

  /** Loads something, and says what came of it. */
  @FunctionalInterface
  interface Loading {
    String run() throws SQLException;
  }

  /** Runs the loading unless it was run before, in the transaction of the connection. */
  static String once(Connection connection, String checksum, String name, Loading loading)
      throws SQLException {
    Sql.holds(connection, "SELECT pg_catalog.pg_advisory_xact_lock(?) IS NULL", LOCK_KEY);
    if (!Sql.holds(
        connection, "SELECT pg_catalog.to_regclass('cruddur_db.seed_file') IS NOT NULL")) {
      Sql.execute(connection, TABLE);
    }
    List<String> before =
        Sql.list(
            connection,
            "SELECT loaded_at::pg_catalog.text FROM cruddur_db.seed_file WHERE checksum = ?",
            row -> row.getString(1),
            checksum);
    if (!before.isEmpty()) {
      return "was loaded already, at " + before.get(0);
    }
    String report = loading.run();
    Sql.update(
        connection,
        "INSERT INTO cruddur_db.seed_file (checksum, name) VALUES (?, ?)",
        checksum,
        name);
    return report;
  }
}
