package com.cruddur.db.migrations;

import java.util.regex.Matcher;
import org.flywaydb.core.api.MigrationInfo;

/**
 * The SQL by which a plan that is run by hand writes Flyway's history, as a run would: so that the
 * next run knows what was done.
 */
final class HistorySql {

  private static final String COLUMNS =
      "INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script,"
          + " checksum, installed_by, execution_time, success)\n";

  private static final String TABLE =
      """
      BEGIN;
      CREATE TABLE IF NOT EXISTS public.flyway_schema_history (
        installed_rank integer NOT NULL CONSTRAINT flyway_schema_history_pk PRIMARY KEY,
        version varchar(50),
        description varchar(200) NOT NULL,
        type varchar(20) NOT NULL,
        script varchar(1000) NOT NULL,
        checksum integer,
        installed_by varchar(100) NOT NULL,
        installed_on timestamp DEFAULT now() NOT NULL,
        execution_time integer NOT NULL,
        success boolean NOT NULL
      );
      CREATE INDEX IF NOT EXISTS flyway_schema_history_s_idx ON public.flyway_schema_history (success);
      """;

  private HistorySql() {}

  /** Makes the history where there is none, and takes out of another what failed. */
  static String before(SchemaState state) {
    return "-- The history, in which each script is written down behind the one before it, or fails.\n"
        + switch (state) {
          case EMPTY -> TABLE + "COMMIT;\n\n";
          case HAND_MADE -> TABLE + baseline() + "COMMIT;\n\n";
          default -> "DELETE FROM public.flyway_schema_history WHERE NOT success;\n\n";
        };
  }

  private static String baseline() {
    return COLUMNS
        + "VALUES (1, '%1$s', '%2$s', 'BASELINE', '%2$s', NULL, current_user, 0, true);\n"
            .formatted(BundledMigrations.ORIGINAL_VERSION, BundledMigrations.BASELINE_DESCRIPTION);
  }

  /**
   * Writes down one script. The rank, which must not be NULL, is that of the script before it, and
   * NULL where that or an index of its own is missing: whoever goes on after an error, as psql
   * does, leaves no row of what was not done.
   */
  static String row(MigrationInfo info, String sql) {
    int version = Integer.parseInt(info.getVersion().getVersion());
    return COLUMNS
        + "VALUES (%s, '%d', '%s', 'SQL', '%s', %d, current_user, 0, true);"
            .formatted(
                version == 1 ? "1" : rank(version - 1, sql),
                version,
                info.getDescription(),
                info.getScript(),
                info.getChecksum());
  }

  private static String rank(int before, String sql) {
    StringBuilder rank =
        new StringBuilder(
            "(SELECT installed_rank + 1 FROM public.flyway_schema_history WHERE version = '%d' AND success"
                .formatted(before));
    for (Matcher index = TakenNames.INDEX.matcher(sql); index.find(); ) {
      rank.append(
          """

            AND EXISTS (SELECT FROM pg_catalog.pg_index
              WHERE indexrelid = pg_catalog.to_regclass('public.%s') AND indisvalid)"""
              .formatted(index.group(1)));
    }
    return rank.append(')').toString();
  }
}
