package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;

/**
 * The objects of schema {@code public}, read from the catalog of a database.
 *
 * <p>Left out is what does no harm and differs for good reasons: owners, rights, comments,
 * tablespaces, storage settings such as fillfactor, the order of columns, the name of a primary
 * key, the schema of uuid-ossp, and the two ways to write the current time.
 */
final class Catalog {

  private static final String OBJECTS =
      """
      WITH tables AS (
        SELECT oid, relname, relpersistence, relrowsecurity FROM pg_catalog.pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'
      )
      SELECT 'table' AS kind, relname::text AS name,
          CASE relpersistence WHEN 'p' THEN 'logged' ELSE 'not logged' END
          || CASE WHEN relrowsecurity THEN ' with row security' ELSE '' END AS definition
        FROM tables
      UNION ALL
      SELECT 'column', pg_catalog.format('%s.%s', relname, attname), pg_catalog.concat_ws(' ',
          pg_catalog.format_type(atttypid, atttypmod),
          CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || attcollation::regcollation::text END,
          CASE WHEN attgenerated <> '' THEN 'GENERATED' WHEN attidentity <> '' THEN 'IDENTITY' END,
          'DEFAULT ' || pg_catalog.replace(pg_catalog.regexp_replace(pg_catalog.pg_get_expr(adbin, adrelid),
            '^(.*[.])?uuid_generate_v4[(][)]$', 'public.uuid_generate_v4()'), 'now()', 'CURRENT_TIMESTAMP'),
          CASE WHEN attnotnull THEN 'NOT NULL' END,
          (SELECT 'NOT VALID ' || pg_catalog.quote_ident(conname) FROM pg_catalog.pg_constraint
            WHERE conrelid = tables.oid AND contype = 'n' AND conkey = ARRAY[attnum] AND NOT convalidated))
        FROM tables JOIN pg_catalog.pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
        JOIN pg_catalog.pg_type ON pg_type.oid = atttypid
        LEFT JOIN pg_catalog.pg_attrdef ON adrelid = tables.oid AND adnum = attnum
      UNION ALL
      SELECT CASE contype WHEN 'p' THEN 'primary key' ELSE 'constraint' END,
          CASE contype WHEN 'p' THEN relname::text ELSE pg_catalog.format('%s.%s', relname, conname) END,
          pg_catalog.pg_get_constraintdef(k.oid)
          || CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgconstraint = k.oid AND tgenabled NOT IN ('O', 'A'))
            THEN ', disabled' ELSE '' END
        FROM tables JOIN pg_catalog.pg_constraint AS k ON conrelid = tables.oid
        WHERE contype IN ('p', 'c', 'f', 'u', 'x')
      UNION ALL
      SELECT 'index', i.relname::text,
          pg_catalog.regexp_replace(pg_catalog.pg_get_indexdef(indexrelid), ' WITH [(][^)]*[)]', '')
        FROM tables JOIN pg_catalog.pg_index ON indrelid = tables.oid
        JOIN pg_catalog.pg_class AS i ON i.oid = indexrelid
        WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
      UNION ALL
      SELECT 'trigger', pg_catalog.format('%s.%s', relname, tgname), pg_catalog.pg_get_triggerdef(t.oid)
          || CASE WHEN tgenabled IN ('O', 'A') THEN '' ELSE ', disabled' END
        FROM tables JOIN pg_catalog.pg_trigger AS t ON tgrelid = tables.oid WHERE NOT tgisinternal
      UNION ALL
      SELECT 'function', pg_catalog.format('%s(%s)', proname, pg_catalog.pg_get_function_identity_arguments(p.oid)),
          pg_catalog.concat_ws(' ', pg_catalog.format_type(prorettype, NULL), lanname,
            CASE WHEN prosecdef THEN 'security definer' END, pg_catalog.array_to_string(proconfig, ' '),
            'with the text', pg_catalog.md5(pg_catalog.replace(prosrc, pg_catalog.chr(13), '')))
        FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_language AS l ON l.oid = prolang
        WHERE pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
            WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')""";

  private Catalog() {}

  /** Returns the objects, somebody else's among them, in the order of kind and name. */
  static List<SchemaObject> of(Sql sql) throws SQLException {
    return sql.list(
        "SELECT kind, name, definition FROM ("
            + OBJECTS
            + ") AS objects ORDER BY kind COLLATE \"C\", name COLLATE \"C\"",
        row -> new SchemaObject(row.getString(1), row.getString(2), row.getString(3)));
  }
}
