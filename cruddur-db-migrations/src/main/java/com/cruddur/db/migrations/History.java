package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/** Flyway's table of what was applied, read without Flyway. */
final class History {

  private record Row(@Nullable String version, String type, String script, boolean success) {

    /** Returns what is wrong with a row that these migrations did not write. */
    Optional<String> difference(boolean complete) {
      if (type.equals("SCHEMA") || (isBaseline() && isOriginal())) {
        return Optional.empty();
      }
      String ours = ours();
      if (type.equals("SQL") && (script.equals(ours) || (complete && isLater()))) {
        return Optional.empty();
      }
      String row = isBaseline() ? "baseline at version " + version : script;
      return Optional.of(ours == null || isBaseline() ? row : row + " instead of " + ours);
    }

    private boolean isBaseline() {
      return type.equals("BASELINE");
    }

    private boolean isOriginal() {
      return BundledMigrations.ORIGINAL_VERSION.equals(version);
    }

    private @Nullable String ours() {
      int number = number();
      return number < 1 || number > BundledMigrations.SCRIPTS.size()
          ? null
          : BundledMigrations.SCRIPTS.get(number - 1);
    }

    private boolean isLater() {
      return number() > BundledMigrations.SCRIPTS.size();
    }

    private int number() {
      return version != null && version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
    }
  }

  private static final String TABLE = "pg_catalog.to_regclass('public.flyway_schema_history')";

  private final Sql sql;
  private final boolean exists;
  private final boolean lookalike;

  private History(Sql sql, boolean exists, boolean lookalike) {
    this.sql = sql;
    this.exists = exists;
    this.lookalike = lookalike;
  }

  static History of(Sql sql) throws SQLException {
    boolean named = sql.holds(TABLE + " IS NOT NULL");
    boolean readable =
        named
            && sql.holds(
                """
                (SELECT relkind = 'r' FROM pg_catalog.pg_class WHERE oid = %1$s)
                AND (SELECT count(*) = 5 FROM pg_catalog.pg_attribute WHERE attrelid = %1$s
                  AND attname IN ('installed_rank', 'version', 'type', 'script', 'success'))"""
                    .formatted(TABLE));
    return new History(sql, readable, named && !readable);
  }

  boolean exists() {
    return exists;
  }

  /** Returns whether something else has the history's name, which Flyway would fail to read. */
  boolean isLookalike() {
    return lookalike;
  }

  boolean isEmpty() throws SQLException {
    return !exists || !sql.holds("EXISTS (SELECT FROM public.flyway_schema_history)");
  }

  /**
   * Names the rows that these migrations did not write; empty if the history is ours. Versions of a
   * newer release are ours, where all of this one are there.
   */
  List<String> foreignRows() throws SQLException {
    if (lookalike) {
      return List.of("no rows as Flyway writes them");
    }
    if (!exists) {
      return List.of();
    }
    List<Row> rows =
        sql.list(
            """
            SELECT version, type, script, success FROM public.flyway_schema_history
            ORDER BY installed_rank""",
            row ->
                new Row(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
    String last = BundledMigrations.SCRIPTS.get(BundledMigrations.SCRIPTS.size() - 1);
    boolean complete = rows.stream().anyMatch(row -> row.success() && row.script().equals(last));
    return rows.stream().flatMap(row -> row.difference(complete).stream()).toList();
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

  /** Returns the version of the last script or baseline of a history that is ours, or 0. */
  int reached() throws SQLException {
    String version = version();
    return version.equals("none") ? 0 : Integer.parseInt(version);
  }

  /** Names the migrations whose rows were deleted while later ones are there, with their SQL. */
  List<String> gaps(Flyway flyway) throws SQLException {
    if (!exists) {
      return List.of();
    }
    List<String> versions = sql.texts("SELECT version FROM public.flyway_schema_history");
    int first =
        sql.holds("EXISTS (SELECT FROM public.flyway_schema_history WHERE type = 'BASELINE')")
            ? Integer.parseInt(BundledMigrations.ORIGINAL_VERSION) + 1
            : 1;
    int reached = reached();
    return Arrays.stream(flyway.info().all())
        .filter(info -> BundledMigrations.SCRIPTS.contains(info.getScript()))
        .filter(info -> !versions.contains(info.getVersion().getVersion()))
        .filter(info -> number(info) >= first && number(info) < reached)
        .map(History::gap)
        .toList();
  }

  private static int number(MigrationInfo info) {
    return Integer.parseInt(info.getVersion().getVersion());
  }

  private static String gap(MigrationInfo info) {
    int version = number(info);
    return ("V%d is missing from the history: INSERT INTO public.flyway_schema_history (installed_rank, version,"
            + " description, type, script, checksum, installed_by, execution_time, success)"
            + " SELECT %2$s, '%1$d', '%3$s', 'SQL', '%4$s', %5$d, current_user, 0, true FROM public.flyway_schema_history%6$s;")
        .formatted(
            version,
            version == 1 ? "min(installed_rank) - 1" : "installed_rank + 1",
            info.getDescription(),
            info.getScript(),
            info.getChecksum(),
            version == 1 ? "" : " WHERE version = '" + (version - 1) + "'");
  }

  /** Returns whether the last script of this release was the last that was applied. */
  boolean isAtNewestVersion() throws SQLException {
    return version().equals(String.valueOf(BundledMigrations.SCRIPTS.size()));
  }

  /** Returns whether the history is ours and a script of ours was applied. */
  boolean includes(String script) throws SQLException {
    return exists
        && foreignRows().isEmpty()
        && sql.holds(
            "EXISTS (SELECT FROM public.flyway_schema_history WHERE script = ? AND success)",
            script);
  }

  /** Names the migration that comes after the last one. */
  String next() throws SQLException {
    return "V" + (reached() + 1);
  }

  /** Returns the scripts that carry the mark of a failure. */
  List<String> failed() throws SQLException {
    return exists
        ? sql.texts(
            "SELECT script FROM public.flyway_schema_history WHERE NOT success ORDER BY installed_rank")
        : List.of();
  }

  /**
   * Takes back the mark that Flyway leaves after a script without a transaction: ours can all be
   * run again. For a history that was found to be ours.
   */
  void forgetFailures() throws SQLException {
    if (exists) {
      sql.execute("DELETE FROM public.flyway_schema_history WHERE NOT success");
    }
  }
}
