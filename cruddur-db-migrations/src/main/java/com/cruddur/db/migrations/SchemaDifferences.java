package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was dropped or changed by hand after the migrations made it. What somebody added is theirs,
 * unless it keeps rows from being inserted.
 */
final class SchemaDifferences {

  /** A newer major may print the same definition in another way. */
  private static final int NEWEST_KNOWN_MAJOR = 18;

  private static final String NEW_UUID = "public.uuid_generate_v4()";

  private SchemaDifferences() {}

  /** Says for a database at the newest version what differs, one line each with the remedy. */
  static List<String> in(Sql sql) throws SQLException {
    int major =
        sql.first(
                "SELECT pg_catalog.current_setting('server_version_num')::int / 10000",
                row -> row.getInt(1))
            .orElseThrow();
    return withExtension(
        sql, between(NewestSchema.lines(), Catalog.of(sql), major <= NEWEST_KNOWN_MAJOR));
  }

  /** The functions for new uuids are in the schema that the administrator chose. */
  private static List<String> withExtension(Sql sql, List<String> differences) throws SQLException {
    if (differences.stream().noneMatch(difference -> difference.contains(NEW_UUID))) {
      return differences;
    }
    List<String> schemas =
        sql.texts(
            """
            SELECT pg_catalog.quote_ident(nspname) FROM pg_catalog.pg_extension
            JOIN pg_catalog.pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'uuid-ossp'""");
    List<String> found = new ArrayList<>();
    if (schemas.isEmpty()) {
      found.add(
          "Extension uuid-ossp is missing: CREATE EXTENSION \"uuid-ossp\" WITH SCHEMA public.");
    }
    String function = (schemas.isEmpty() ? "public" : schemas.get(0)) + ".uuid_generate_v4()";
    differences.forEach(difference -> found.add(difference.replace(NEW_UUID, function)));
    return found;
  }

  static List<String> between(
      List<NewestSchema.Line> expected, List<SchemaObject> live, boolean comparesDefinitions) {
    List<String> differences = new ArrayList<>();
    List<SchemaObject> found = withOurFunctions(expected, live);
    List<String> missingTables =
        expected.stream()
            .map(NewestSchema.Line::object)
            .filter(object -> object.kind().equals(SchemaObject.TABLE))
            .filter(table -> found.stream().noneMatch(table::isSameAs))
            .map(SchemaObject::name)
            .toList();
    List<SchemaObject> renamed = new ArrayList<>();
    for (NewestSchema.Line line : inOrderOfNeed(expected)) {
      SchemaObject object = line.object();
      Optional<SchemaObject> same = found.stream().filter(object::isSameAs).findFirst();
      if (same.isEmpty()) {
        if (object.kind().equals(SchemaObject.TABLE) || !missingTables.contains(tableOf(object))) {
          Optional<SchemaObject> other = renamed(object, expected, found);
          other.ifPresent(renamed::add);
          differences.add(Remedy.ofMissing(line, other));
        }
      } else if (refersToOneOf(missingTables, object)) {
        continue; // It is looked at when the table is back.
      } else if (comparesDefinitions && !same.get().definition().equals(object.definition())) {
        differences.add(Remedy.ofChanged(line, same.get()));
      }
    }
    List<SchemaObject> others = found.stream().filter(o -> !renamed.contains(o)).toList();
    differences.addAll(columnsInTheWay(expected, others));
    return differences;
  }

  /** A trigger of a function that was renamed is as it was, once the function is. */
  private static List<SchemaObject> withOurFunctions(
      List<NewestSchema.Line> expected, List<SchemaObject> found) {
    Map<String, String> renamed = new HashMap<>();
    for (NewestSchema.Line line : expected) {
      SchemaObject function = line.object();
      if (function.kind().equals(SchemaObject.FUNCTION)
          && found.stream().noneMatch(function::isSameAs)) {
        renamed(function, expected, found)
            .ifPresent(other -> renamed.put(call(other), call(function)));
      }
    }
    return found.stream()
        .map(
            object ->
                renamed.entrySet().stream()
                    .filter(names -> object.definition().endsWith(names.getKey()))
                    .map(
                        names ->
                            new SchemaObject(
                                object.kind(),
                                object.name(),
                                object.definition().replace(names.getKey(), names.getValue())))
                    .findFirst()
                    .orElse(object))
        .toList();
  }

  private static String call(SchemaObject function) {
    int arguments = function.name().indexOf('(');
    return " EXECUTE FUNCTION public."
        + SchemaObject.quoted(function.name().substring(0, arguments))
        + function.name().substring(arguments);
  }

  /** A foreign key needs the key that it refers to, a trigger its function. */
  private static List<NewestSchema.Line> inOrderOfNeed(List<NewestSchema.Line> lines) {
    return lines.stream().sorted(Comparator.comparing(line -> rank(line.object()))).toList();
  }

  private static int rank(SchemaObject object) {
    return switch (object.kind()) {
      case SchemaObject.TABLE -> 0;
      case SchemaObject.COLUMN -> 1;
      case SchemaObject.PRIMARY_KEY -> 2;
      case SchemaObject.INDEX -> object.definition().startsWith("CREATE UNIQUE") ? 3 : 4;
      case SchemaObject.CONSTRAINT -> object.definition().startsWith("FOREIGN KEY") ? 6 : 5;
      case SchemaObject.TRIGGER -> 8;
      default -> 7;
    };
  }

  /** Returns what is not of these migrations and has the shape of what is missing, if anything. */
  private static Optional<SchemaObject> renamed(
      SchemaObject missing, List<NewestSchema.Line> expected, List<SchemaObject> found) {
    return found.stream()
        .filter(other -> other.kind().equals(missing.kind()))
        .filter(other -> expected.stream().noneMatch(line -> line.object().isSameAs(other)))
        .filter(
            other ->
                switch (missing.kind()) {
                  case SchemaObject.TABLE -> hasColumnsOf(missing, other, expected, found);
                  case SchemaObject.COLUMN ->
                      other.table().equals(missing.table())
                          && other.definition().equals(missing.definition());
                  case SchemaObject.PRIMARY_KEY -> false;
                  default -> missing.isRenamed(other);
                })
        .findFirst();
  }

  private static boolean hasColumnsOf(
      SchemaObject missing,
      SchemaObject other,
      List<NewestSchema.Line> expected,
      List<SchemaObject> found) {
    return expected.stream()
        .map(NewestSchema.Line::object)
        .filter(object -> object.kind().equals(SchemaObject.COLUMN))
        .filter(column -> column.table().equals(missing.name()))
        .allMatch(
            column ->
                found.contains(
                    new SchemaObject(
                        SchemaObject.COLUMN,
                        other.name() + "." + column.ownName(),
                        column.definition())));
  }

  private static boolean refersToOneOf(List<String> tables, SchemaObject object) {
    return tables.stream()
        .anyMatch(table -> (object.definition() + " ").matches(".* public\\." + table + "[ (].*"));
  }

  /** An index says what it is on in its definition alone. */
  private static String tableOf(SchemaObject object) {
    return object.kind().equals(SchemaObject.INDEX)
        ? object.definition().replaceFirst(".* ON public\\.(\\w+) .*", "$1")
        : object.table();
  }

  private static List<String> columnsInTheWay(
      List<NewestSchema.Line> expected, List<SchemaObject> found) {
    return found.stream()
        .filter(object -> object.kind().equals(SchemaObject.COLUMN))
        .filter(
            column ->
                expected.stream().anyMatch(line -> line.object().table().equals(column.table())))
        .filter(column -> expected.stream().noneMatch(line -> line.object().isSameAs(column)))
        .filter(column -> column.definition().endsWith("NOT NULL"))
        .filter(column -> !column.definition().matches(".* (DEFAULT|GENERATED|IDENTITY) .*"))
        .map(
            column ->
                "Column "
                    + column.name()
                    + " is not of these migrations, and no row can be inserted without it: ALTER TABLE public."
                    + column.table()
                    + " ALTER COLUMN "
                    + SchemaObject.quoted(column.ownName())
                    + " DROP NOT NULL.")
        .toList();
  }
}
