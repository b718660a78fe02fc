package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;

/** Flyway's table of what was applied, read without Flyway. */
final class History {

  private final Sql sql;
  private final boolean exists;

  private History(Sql sql, boolean exists) {
    this.sql = sql;
    this.exists = exists;
  }

  static History of(Sql sql) throws SQLException {
    return new History(
        sql, sql.holds("pg_catalog.to_regclass('public.flyway_schema_history') IS NOT NULL"));
  }

  boolean exists() {
    return exists;
  }

  boolean isEmpty() throws SQLException {
    return !exists || !sql.holds("EXISTS (SELECT FROM public.flyway_schema_history)");
  }

  /** Returns the scripts that were run, in their order, such as {@code V2 users_email}. */
  List<String> applied() throws SQLException {
    return exists
        ? sql.texts(
            """
            SELECT 'V' || version || ' ' || pg_catalog.replace(description, ' ', '_')
            FROM public.flyway_schema_history
            WHERE success AND type = 'SQL' AND version IS NOT NULL ORDER BY installed_rank""")
        : List.of();
  }

  /** Returns the version of the last script or baseline, or "none". */
  String version() throws SQLException {
    return exists
        ? sql.first(
                """
                SELECT version FROM public.flyway_schema_history
                WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1""",
                row -> row.getString(1))
            .orElse("none")
        : "none";
  }

  /** Names the migration that comes after the last one. */
  String next() throws SQLException {
    String version = version();
    return "V" + (version.equals("none") ? 1 : Integer.parseInt(version) + 1);
  }

  /**
   * Takes back the mark that Flyway leaves after a script without a transaction: ours can all be
   * run again.
   */
  void forgetFailures() throws SQLException {
    if (exists) {
      sql.execute("DELETE FROM public.flyway_schema_history WHERE NOT success");
    }
  }
}
