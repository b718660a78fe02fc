package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Indexes that an interrupted CREATE or REINDEX left behind: written at every change, never read.
 */
final class InvalidIndexes {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** What REINDEX CONCURRENTLY calls the half-built and the replaced index. */
  private static final Pattern REMAINS = Pattern.compile(".*_cc(new|old)\\d*\"?");

  private final Sql sql;

  InvalidIndexes(Sql sql) {
    this.sql = sql;
  }

  /**
   * Names the invalid ones of our own. Where anybody builds an index on the table, or builds one
   * that we may not see, none is taken for left behind.
   */
  private List<String> names() throws SQLException {
    return sql.texts(
        """
        SELECT indexrelid::regclass::text FROM pg_catalog.pg_index
        JOIN pg_catalog.pg_class ON pg_class.oid = indexrelid
        WHERE NOT indisvalid
          AND pg_catalog.regexp_replace(relname, '_cc(new|old)\\d*$', '') = ANY (pg_catalog.string_to_array(?, ','))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index
            WHERE datname = pg_catalog.current_database() AND coalesce(relid = indrelid, true))
          AND indrelid IN (pg_catalog.to_regclass('public.users'),
          pg_catalog.to_regclass('public.activities'), pg_catalog.to_regclass('public.environment'))
        ORDER BY 1""",
        String.join(",", TakenNames.ourIndexes()));
  }

  List<String> problems() throws SQLException {
    return names().stream()
        .map(name -> "Index " + name + " is invalid: run migrate(), which rebuilds it.")
        .toList();
  }

  void rebuild(Patience patience) throws SQLException {
    for (String name : names()) {
      patience.untilLocked(
          () -> {
            sql.execute("SET lock_timeout = '60s'");
            if (REMAINS.matcher(name).matches()) {
              LOG.info("Dropping {}, the remains of an interrupted REINDEX", name);
              sql.execute("DROP INDEX CONCURRENTLY IF EXISTS " + name);
            } else {
              LOG.info("Rebuilding index {}, which was left invalid", name);
              sql.execute("REINDEX INDEX CONCURRENTLY " + name);
            }
          });
    }
  }
}
