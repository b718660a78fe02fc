package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shape of the tables in {@code public}, compared with the original schema in all the variants
 * that the hand-run schema files left behind.
 */
final class Shape {

  private enum Presence {
    NOT_NULL,
    NULLABLE,
    EITHER,
    /** The column may be missing. */
    OPTIONAL,
    OPTIONAL_NULLABLE;

    boolean mayBeMissing() {
      return this == OPTIONAL || this == OPTIONAL_NULLABLE;
    }

    boolean isNullable() {
      return this == NULLABLE || this == OPTIONAL_NULLABLE;
    }
  }

  private record Expected(
      String column, List<String> types, Presence presence, @Nullable String fallback) {}

  private record Found(
      String table,
      String column,
      String type,
      boolean notNull,
      String fallback,
      boolean generated,
      boolean otherCollation) {
    String name() {
      return table + "." + column;
    }
  }

  private static final String TIMESTAMP = "timestamp without time zone";
  private static final String NEW_UUID = "uuid_generate_v4()";
  private static final String NOW = "CURRENT_TIMESTAMP";

  private static final Map<String, List<Expected>> ORIGINAL =
      Map.of(
          "users",
          List.of(
              column("uuid", "uuid", Presence.NOT_NULL, NEW_UUID),
              column("display_name", "text", Presence.EITHER, null),
              column("handle", "text", Presence.EITHER, null),
              column("cognito_user_id", "text", Presence.EITHER, null),
              column("created_at", TIMESTAMP, Presence.NOT_NULL, NOW),
              column("email", "text", Presence.OPTIONAL, null),
              column("bio", "text", Presence.OPTIONAL_NULLABLE, null)),
          "activities",
          List.of(
              column("uuid", "uuid", Presence.NOT_NULL, NEW_UUID),
              column("user_uuid", "uuid", Presence.NOT_NULL, null),
              column("message", "text", Presence.NOT_NULL, null),
              column("replies_count", "integer", Presence.NULLABLE, "0"),
              column("reposts_count", "integer", Presence.NULLABLE, "0"),
              column("likes_count", "integer", Presence.NULLABLE, "0"),
              new Expected(
                  "reply_to_activity_uuid", List.of("integer", "uuid"), Presence.NULLABLE, null),
              column("expires_at", TIMESTAMP, Presence.NULLABLE, null),
              column("created_at", TIMESTAMP, Presence.NOT_NULL, NOW)));

  private final Sql sql;

  Shape(Sql sql) {
    this.sql = sql;
  }

  private static Expected column(
      String name, String type, Presence presence, @Nullable String fallback) {
    return new Expected(name, List.of(type), presence, fallback);
  }

  SchemaState state() throws SQLException {
    History history = History.of(sql);
    if (!history.foreignRows().isEmpty()) {
      return SchemaState.FOREIGN;
    }
    if (!history.isEmpty()) {
      return SchemaState.MANAGED;
    }
    List<String> relations = relations();
    if (relations.contains("users") || relations.contains("activities")) {
      return SchemaState.HAND_MADE;
    }
    return relations.isEmpty() ? SchemaState.EMPTY : SchemaState.FOREIGN;
  }

  /** Lists tables, views and sequences in public that belong to no extension. */
  List<String> relations() throws SQLException {
    return sql.texts(
        """
        SELECT c.relname FROM pg_catalog.pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
          AND c.relname <> 'flyway_schema_history'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        ORDER BY c.relname""");
  }

  boolean repliesAreUuids() throws SQLException {
    return sql.holds(
        """
        EXISTS (SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = 'public.activities'::regclass AND attname = 'reply_to_activity_uuid'
            AND atttypid = 'uuid'::regtype)""");
  }

  /** Says how a database that was made by hand differs from every known variant. */
  List<String> differences() throws SQLException {
    List<String> differences = new ArrayList<>(differencesOfColumns());
    if (differences.isEmpty()) {
      differences.addAll(unknownObjects());
      differences.addAll(Dependents.in(sql));
    }
    return differences;
  }

  /** Says which columns differ; without any, the rows can be looked at. */
  List<String> differencesOfColumns() throws SQLException {
    List<String> differences = new ArrayList<>();
    List<Found> columns = columns();
    for (String table : List.of("users", "activities")) {
      List<Found> found = columns.stream().filter(c -> c.table().equals(table)).toList();
      if (found.isEmpty()) {
        differences.add("table " + table + " is missing");
      } else {
        compare(table, found, differences);
      }
    }
    return differences;
  }

  private static void compare(String table, List<Found> found, List<String> differences) {
    Map<String, Found> byName =
        found.stream().collect(Collectors.toMap(Found::column, Function.identity()));
    for (Expected expected : ORIGINAL.getOrDefault(table, List.of())) {
      Found column = byName.remove(expected.column());
      if (column != null) {
        difference(expected, column).ifPresent(differences::add);
      } else if (!expected.presence().mayBeMissing()) {
        differences.add("column " + table + "." + expected.column() + " is missing");
      }
    }
    byName.values().stream()
        .map(extra -> "column " + extra.name() + " is unknown")
        .sorted()
        .forEach(differences::add);
  }

  private static Optional<String> difference(Expected expected, Found found) {
    if (!expected.types().contains(found.type())) {
      return Optional.of(
          found.name()
              + " is "
              + found.type()
              + " and not "
              + String.join(" or ", expected.types()));
    }
    if (expected.presence() == Presence.NOT_NULL && !found.notNull()) {
      return Optional.of(found.name() + " may be NULL");
    }
    if (expected.presence().isNullable() && found.notNull()) {
      return Optional.of(found.name() + " may not be NULL");
    }
    if (found.generated()) {
      return Optional.of(found.name() + " is generated");
    }
    if (found.otherCollation()) {
      return Optional.of(found.name() + " has a collation of its own");
    }
    if (expected.fallback() == null && !found.fallback().isEmpty()) {
      return Optional.of(found.name() + " has a default");
    }
    if (expected.fallback() != null && !hasDefault(found.fallback(), expected.fallback())) {
      return Optional.of(
          found.name()
              + (found.fallback().isEmpty()
                  ? " has no default and not "
                  : " has another default than ")
              + expected.fallback());
    }
    return Optional.empty();
  }

  private static boolean hasDefault(String found, String expected) {
    return switch (expected) {
      case NEW_UUID -> found.equals(NEW_UUID) || found.endsWith("." + NEW_UUID);
      case NOW -> found.equals(NOW) || found.equals("now()");
      default -> found.equals(expected);
    };
  }

  private List<Found> columns() throws SQLException {
    return sql.list(
        """
        SELECT c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,
          coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''), a.attgenerated <> '' OR a.attidentity <> '',
          a.attcollation <> (SELECT typcollation FROM pg_catalog.pg_type WHERE oid = a.atttypid)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('users', 'activities')
        ORDER BY c.relname DESC, a.attnum""",
        row ->
            new Found(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getString(5),
                row.getBoolean(6),
                row.getBoolean(7)));
  }

  private List<String> unknownObjects() throws SQLException {
    return sql.texts(
        """
        WITH tables AS (
          SELECT pg_class.oid, relname, relkind, relrowsecurity, relpersistence, reloftype, amname FROM pg_catalog.pg_class
          LEFT JOIN pg_catalog.pg_am ON pg_am.oid = relam
          WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'activities')
        )
        SELECT relname || ' is no ordinary table' FROM tables
          WHERE relkind <> 'r' OR relrowsecurity OR reloftype <> 0 OR amname <> 'heap'
            OR EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE tables.oid IN (inhrelid, inhparent))
        UNION ALL
        SELECT 'the primary key of ' || relname || ' is not uuid' FROM tables
          WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint
            WHERE conrelid = tables.oid AND contype = 'p' AND pg_catalog.pg_get_constraintdef(oid) = 'PRIMARY KEY (uuid)')
        UNION ALL
        SELECT 'constraint ' || conname || ' of ' || relname || ' is unknown'
          FROM pg_catalog.pg_constraint JOIN tables ON conrelid = tables.oid
          WHERE contype NOT IN ('p', 'n', 't')
            AND NOT (contype = 'f' AND relname = 'activities' AND confrelid = 'public.users'::regclass
              AND pg_catalog.pg_get_constraintdef(pg_constraint.oid) LIKE 'FOREIGN KEY (user_uuid) REFERENCES public.users(uuid)%')
        UNION ALL
        SELECT pg_catalog.format('constraint %s of %s is %s: drop it, or fill what is NULL and %s', conname, relname,
            CASE WHEN convalidated THEN 'NO INHERIT' ELSE 'not valid' END,
            pg_catalog.format(CASE WHEN convalidated THEN 'ALTER TABLE public.%I ALTER CONSTRAINT %I INHERIT'
              ELSE 'ALTER TABLE public.%I VALIDATE CONSTRAINT %I' END, relname, conname))
          FROM pg_catalog.pg_constraint JOIN tables ON conrelid = tables.oid
          WHERE contype = 'n' AND (NOT convalidated OR connoinherit)
        UNION ALL
        SELECT 'index ' || indexrelid::regclass || ' of ' || relname || ' is unknown'
          FROM pg_catalog.pg_index JOIN tables ON indrelid = tables.oid
          WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
        UNION ALL
        SELECT 'trigger ' || tgname || ' of ' || relname || ' is unknown'
          FROM pg_catalog.pg_trigger JOIN tables ON tgrelid = tables.oid WHERE NOT tgisinternal
        UNION ALL
        SELECT relname || ' is not logged' FROM tables WHERE relpersistence <> 'p'
        ORDER BY 1""");
  }
}
