package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a statement that changes rows, and reads them as they were and as they are: the query around
 * a statement still sees the rows of before it.
 *
 * @param table the table of the rows, in schema public
 * @param before JSON of the old row {@code was}, as SQL
 * @param after JSON of the new row {@code changed}, as SQL
 */
record ChangeQuery(String table, String before, String after) {

  /** For a statement that sets these columns. */
  static ChangeQuery update(String table, String... columns) {
    return new ChangeQuery(table, object("was", columns), object("changed", columns));
  }

  static ChangeQuery insert(String table) {
    return new ChangeQuery(table, "NULL", "to_jsonb(changed)");
  }

  static ChangeQuery delete(String table) {
    return new ChangeQuery(table, "to_jsonb(was)", "NULL");
  }

  private static String object(String row, String... columns) {
    return Arrays.stream(columns)
        .map(column -> "'" + column + "', " + row + "." + column)
        .collect(Collectors.joining(", ", "jsonb_build_object(", ")"));
  }

  /** Returns the changed rows in the order of their uuids. Runs in a transaction of its caller. */
  List<FixReport.ChangedRow> run(Sql sql, String statement) throws SQLException {
    Rows rows = new Rows();
    return sql.inPortions(
        """
        WITH changed AS (%1$s RETURNING %2$s.*)
        SELECT changed.uuid, (%3$s)::text, (%4$s)::text
        FROM changed LEFT JOIN public.%2$s AS was ON was.uuid = changed.uuid ORDER BY changed.uuid"""
            .formatted(statement, table, before, after),
        row -> rows.with(row.getObject(1, UUID.class), row.getString(2), row.getString(3)));
  }

  /** Many rows get the same new values: they share the text. */
  private static final class Rows {

    private @Nullable String last;

    FixReport.ChangedRow with(UUID uuid, @Nullable String before, @Nullable String after) {
      if (after == null || !after.equals(last)) {
        last = after;
      }
      return new FixReport.ChangedRow(uuid, before, last);
    }
  }
}
