package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was dropped or changed by hand after the migrations made it. What somebody added is theirs,
 * unless it keeps rows from being inserted.
 */
final class SchemaDifferences {

  /** A newer major may print the same definition in another way. */
  private static final int NEWEST_KNOWN_MAJOR = 18;

  private SchemaDifferences() {}

  /** Says for a database at the newest version what differs, one line each with the remedy. */
  static List<String> in(Sql sql) throws SQLException {
    int major =
        sql.first(
                "SELECT pg_catalog.current_setting('server_version_num')::int / 10000",
                row -> row.getInt(1))
            .orElseThrow();
    return between(NewestSchema.lines(), Catalog.of(sql), major <= NEWEST_KNOWN_MAJOR);
  }

  static List<String> between(
      List<NewestSchema.Line> expected, List<SchemaObject> found, boolean comparesDefinitions) {
    List<String> differences = new ArrayList<>();
    List<String> missingTables =
        expected.stream()
            .map(NewestSchema.Line::object)
            .filter(object -> object.kind().equals(SchemaObject.TABLE))
            .filter(table -> found.stream().noneMatch(table::isSameAs))
            .map(SchemaObject::name)
            .toList();
    for (NewestSchema.Line line : expected) {
      SchemaObject object = line.object();
      Optional<SchemaObject> same = found.stream().filter(object::isSameAs).findFirst();
      if (same.isEmpty()) {
        if (object.kind().equals(SchemaObject.TABLE) || !missingTables.contains(tableOf(object))) {
          differences.add(Remedy.ofMissing(line));
        }
      } else if (comparesDefinitions && !same.get().definition().equals(object.definition())) {
        differences.add(Remedy.ofChanged(line, same.get()));
      }
    }
    differences.addAll(columnsInTheWay(expected, found));
    return differences;
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
                    + column.ownName()
                    + " DROP NOT NULL.")
        .toList();
  }
}
