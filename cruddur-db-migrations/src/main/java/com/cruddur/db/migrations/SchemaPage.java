package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A page that describes the tables of a database: a diagram, columns with their comments,
 * constraints, indexes and triggers. It is read from the database, not from the migrations, and the
 * same schema always gives the same page.
 *
 * @since 0.1.0
 */
public final class SchemaPage {

  private static final String TABLES =
      """
      FROM pg_catalog.pg_class AS c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname <> 'flyway_schema_history'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
      ORDER BY c.relname""";

  private static final String COLUMNS =
      """
      SELECT a.attname, pg_catalog.replace(pg_catalog.format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
        a.attnotnull, coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''),
        coalesce(pg_catalog.col_description(a.attrelid, a.attnum), ''),
        EXISTS (SELECT FROM pg_catalog.pg_constraint k
          WHERE k.conrelid = a.attrelid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)),
        EXISTS (SELECT FROM pg_catalog.pg_constraint k
          WHERE k.conrelid = a.attrelid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))
      FROM pg_catalog.pg_attribute AS a
      LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";

  private static final String CONSTRAINTS =
      """
      SELECT pg_catalog.format('`%s`: `%s`', conname, pg_catalog.pg_get_constraintdef(oid))
      FROM pg_catalog.pg_constraint WHERE conrelid = ?::oid AND contype IN ('p', 'u', 'f', 'c', 'x')
      ORDER BY pg_catalog.array_position('{p,u,f,c,x}'::pg_catalog.text[], contype::pg_catalog.text), conname""";

  private static final String INDEXES =
      """
      SELECT pg_catalog.format('`%s`: `%s`%s', relname,
        pg_catalog.regexp_replace(pg_catalog.pg_get_indexdef(indexrelid), '^CREATE (UNIQUE )?INDEX .* USING ', '\\1'),
        CASE WHEN indisvalid THEN '' ELSE ' (invalid)' END)
      FROM pg_catalog.pg_index JOIN pg_catalog.pg_class ON pg_class.oid = indexrelid
      WHERE indrelid = ?::oid AND NOT indisprimary ORDER BY relname""";

  private static final String TRIGGERS =
      """
      SELECT pg_catalog.format('`%s`: %s', tgname, coalesce(pg_catalog.obj_description(tgfoid, 'pg_proc'), ''))
      FROM pg_catalog.pg_trigger WHERE tgrelid = ?::oid AND NOT tgisinternal ORDER BY tgname""";

  private static final String REFERENCES =
      """
      SELECT pg_catalog.format('  %s %s--o{ %s : %s', f.relname, CASE WHEN a.attnotnull THEN '||' ELSE '|o' END,
        c.relname, a.attname)
      FROM pg_catalog.pg_constraint AS k
      JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid JOIN pg_catalog.pg_class AS f ON f.oid = k.confrelid
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname, k.conname""";

  private record Table(long oid, String name, String comment) {}

  private record Column(
      String name,
      String type,
      boolean notNull,
      String fallback,
      String comment,
      boolean primary,
      boolean foreign) {

    String row() {
      return "| "
          + String.join(
              " | ",
              "`" + name + "`",
              type,
              notNull ? "no" : "yes",
              fallback.isEmpty() ? "" : "`" + fallback + "`",
              comment.replace("|", "\\|"))
          + " |";
    }

    String inDiagram() {
      String key = primary ? " PK" : foreign ? " FK" : "";
      return "    " + type.replace(' ', '_') + " " + name + key;
    }
  }

  private final DataSource dataSource;

  private SchemaPage(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Returns the page of the database that the data source connects to. Does not connect.
   *
   * @param dataSource connects as a user that may read the catalogs; the caller closes it
   * @return the page, not yet made
   */
  public static SchemaPage of(DataSource dataSource) {
    return new SchemaPage(dataSource);
  }

  /**
   * Reads the schema of {@code public}, Flyway's history left out, and describes it.
   *
   * @return the page in Markdown, with a diagram in Mermaid
   * @throws MigrationException if the database cannot be reached
   */
  public String markdown() {
    try (MigrationSession session = MigrationSession.open(dataSource)) {
      return page(session.sql());
    } catch (SQLException failure) {
      throw new MigrationException(
          FailureMessage.of("The schema could not be read", failure),
          FailureMessage.cause(failure));
    }
  }

  private static String page(Sql sql) throws SQLException {
    List<Table> tables =
        sql.list(
            "SELECT c.oid::bigint, c.relname, coalesce(pg_catalog.obj_description(c.oid, 'pg_class'), '') "
                + TABLES,
            row -> new Table(row.getLong(1), row.getString(2), row.getString(3)));
    StringBuilder page = new StringBuilder("# Schema\n\n");
    page.append("Version ")
        .append(History.of(sql).version())
        .append(". Generated: do not edit.\n\n");
    page.append("```mermaid\nerDiagram\n");
    sql.texts(REFERENCES).forEach(line -> page.append(line).append('\n'));
    for (Table table : tables) {
      page.append("  ").append(table.name()).append(" {\n");
      for (Column column : columns(sql, table)) {
        page.append(column.inDiagram()).append('\n');
      }
      page.append("  }\n");
    }
    page.append("```\n");
    for (Table table : tables) {
      describe(sql, table, page);
    }
    return page.toString();
  }

  private static void describe(Sql sql, Table table, StringBuilder page) throws SQLException {
    page.append("\n## ").append(table.name()).append("\n\n").append(table.comment()).append("\n\n");
    page.append("| column | type | null | default | |\n|---|---|---|---|---|\n");
    page.append(
        columns(sql, table).stream().map(Column::row).collect(Collectors.joining("\n", "", "\n")));
    list("Constraints", sql.texts(CONSTRAINTS, table.oid()), page);
    list("Indexes", sql.texts(INDEXES, table.oid()), page);
    list("Triggers", sql.texts(TRIGGERS, table.oid()), page);
  }

  private static void list(String heading, List<String> lines, StringBuilder page) {
    if (!lines.isEmpty()) {
      page.append('\n').append(heading).append(":\n\n");
      lines.forEach(line -> page.append("- ").append(line).append('\n'));
    }
  }

  private static List<Column> columns(Sql sql, Table table) throws SQLException {
    return sql.list(
        COLUMNS,
        row ->
            new Column(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                row.getBoolean(7)),
        table.oid());
  }
}
