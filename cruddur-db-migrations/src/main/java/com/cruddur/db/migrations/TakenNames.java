package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects of somebody else with names that the pending scripts give: a script would stop at them
 * half-way, or drop them as the remains of its own.
 */
final class TakenNames {

  private static final Pattern TABLE = Pattern.compile("CREATE TABLE public\\.(\\w+)");
  static final Pattern INDEX =
      Pattern.compile("CREATE (?:UNIQUE )?INDEX CONCURRENTLY (\\w+) ON public\\.(\\w+)");
  private static final Pattern CONSTRAINT = Pattern.compile("ADD CONSTRAINT (\\w+)");
  private static final Pattern FUNCTION = Pattern.compile("CREATE FUNCTION public\\.(\\w+)\\(");
  private static final Pattern TRIGGER = Pattern.compile("CREATE TRIGGER (\\w+)");

  /** V17 puts its own in the place of this one, which PostgreSQL names so by itself. */
  private static final String REPLACED = "activities_user_uuid_fkey";

  private final Sql sql;
  private final List<String> found = new ArrayList<>();

  private TakenNames(Sql sql) {
    this.sql = sql;
  }

  /** Names all indexes that the scripts make. */
  static List<String> ourIndexes() {
    List<String> indexes =
        new ArrayList<>(List.of("users_pkey", "activities_pkey", "environment_pkey"));
    for (String script : BundledMigrations.SCRIPTS) {
      INDEX.matcher(BundledMigrations.text(script)).results().forEach(i -> indexes.add(i.group(1)));
    }
    return indexes;
  }

  /** Says which names are taken, by what, and which script needs them. */
  static List<String> of(Sql sql, List<PendingMigration> pending) throws SQLException {
    TakenNames names = new TakenNames(sql);
    if (!pending.isEmpty() && !History.of(sql).exists()) {
      names.look("the history", "flyway_schema_history");
      names.look("the history", "flyway_schema_history_pk");
      names.look("the history", "flyway_schema_history_s_idx");
    }
    for (PendingMigration migration : pending) {
      names.look(migration);
    }
    return names.found;
  }

  private void look(PendingMigration migration) throws SQLException {
    String script = migration.name();
    for (Matcher table = TABLE.matcher(migration.sql()); table.find(); ) {
      look(script, table.group(1));
      look(script, table.group(1) + "_pkey");
    }
    for (Matcher index = INDEX.matcher(migration.sql()); index.find(); ) {
      lookForIndex(script, index.group(1), index.group(2));
    }
    for (Matcher constraint = CONSTRAINT.matcher(migration.sql()); constraint.find(); ) {
      if (!constraint.group(1).equals(REPLACED)) {
        add(
            script,
            """
            SELECT pg_catalog.pg_describe_object('pg_constraint'::regclass, oid, 0) FROM pg_catalog.pg_constraint
            WHERE conname = ? AND conrelid IN
              (pg_catalog.to_regclass('public.users'), pg_catalog.to_regclass('public.activities'))""",
            constraint.group(1));
      }
    }
    for (Matcher function = FUNCTION.matcher(migration.sql()); function.find(); ) {
      add(
          script,
          """
          SELECT pg_catalog.pg_describe_object('pg_proc'::regclass, oid, 0) FROM pg_catalog.pg_proc
          WHERE pronamespace = 'public'::regnamespace AND proname = ? AND pronargs = 0""",
          function.group(1));
    }
    for (Matcher trigger = TRIGGER.matcher(migration.sql()); trigger.find(); ) {
      add(
          script,
          """
          SELECT pg_catalog.pg_describe_object('pg_trigger'::regclass, oid, 0) FROM pg_catalog.pg_trigger
          WHERE tgname = ? AND tgrelid = pg_catalog.to_regclass('public.activities')""",
          trigger.group(1));
    }
  }

  private void look(String script, String relation) throws SQLException {
    add(
        script,
        """
        SELECT pg_catalog.pg_describe_object('pg_class'::regclass, oid, 0) FROM pg_catalog.pg_class
          WHERE relnamespace = 'public'::regnamespace AND relname = ?
        UNION ALL
        SELECT pg_catalog.pg_describe_object('pg_type'::regclass, oid, 0) FROM pg_catalog.pg_type
          WHERE typnamespace = 'public'::regnamespace AND typname = ? AND typrelid = 0 AND typelem = 0""",
        relation,
        relation);
  }

  /** An index of that name on our own table is what an interrupted run left. */
  private void lookForIndex(String script, String index, String table) throws SQLException {
    add(
        script,
        """
        SELECT pg_catalog.pg_describe_object('pg_class'::regclass, c.oid, 0) FROM pg_catalog.pg_class c
        WHERE relnamespace = 'public'::regnamespace AND relname = ?
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_index i
            WHERE indexrelid = c.oid AND indrelid = pg_catalog.to_regclass(?) AND NOT indisprimary)""",
        index,
        "public." + table);
  }

  private void add(String script, String query, Object... values) throws SQLException {
    for (String object : sql.texts(query, values)) {
      found.add(object + " has a name that " + script + " needs");
    }
  }
}
