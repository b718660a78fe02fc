package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;

/**
 * Objects of somebody else that PostgreSQL has written down as dependent on the tables, their
 * columns or the types of their rows. Each may stop a script that changes a type or drops a column,
 * or go with the column; so all are named but the few that are known to do neither.
 */
final class Dependents {

  /** The first version after which no type changes and no column is dropped any more. */
  static final int NOTHING_IS_CHANGED_AFTER = 7;

  /**
   * Left out are the parts of the tables themselves, foreign keys of others, triggers of others
   * that only name them, and publications of whole tables. Functions, casts and operators on a type
   * of rows follow its changes; what stores such rows does not, nor what reads a field of them.
   * Rights on a column that is dropped go with it.
   */
  private static final String QUERY =
      """
      WITH RECURSIVE tables AS (
        SELECT oid, relname, reltype FROM pg_catalog.pg_class
        WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'activities')
      ), row_types (type, relname) AS (
        SELECT reltype, relname FROM tables
        UNION
        SELECT CASE d.classid WHEN 'pg_type'::regclass THEN d.objid ELSE c.reltype END, row_types.relname
        FROM row_types JOIN pg_catalog.pg_depend AS d ON d.refclassid = 'pg_type'::regclass AND d.refobjid = type
        LEFT JOIN pg_catalog.pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind = 'c'
        WHERE d.classid = 'pg_type'::regclass OR c.oid IS NOT NULL
      )
      SELECT DISTINCT pg_catalog.pg_describe_object(classid, objid, objsubid) || ' depends on ' || relname
        FROM pg_catalog.pg_depend AS d JOIN tables ON d.refclassid = 'pg_class'::regclass AND d.refobjid = tables.oid
        WHERE classid <> 'pg_rewrite'::regclass
          AND (refobjsubid > 0
            OR classid NOT IN ('pg_publication_rel'::regclass, 'pg_trigger'::regclass, 'pg_type'::regclass))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_attrdef AS own
            WHERE classid = 'pg_attrdef'::regclass AND own.oid = objid AND adrelid IN (SELECT oid FROM tables))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS own
            WHERE classid = 'pg_trigger'::regclass AND own.oid = objid AND tgrelid IN (SELECT oid FROM tables))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS own
            WHERE classid = 'pg_constraint'::regclass AND own.oid = objid
              AND (contype = 'f' OR conrelid IN (SELECT oid FROM tables)))
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_index
            WHERE classid = 'pg_class'::regclass AND indexrelid = objid AND indrelid IN (SELECT oid FROM tables))
          AND (classid <> 'pg_class'::regclass OR objid <> refobjid
            AND EXISTS (SELECT FROM pg_catalog.pg_class WHERE pg_class.oid = objid AND relkind <> 't')
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = objid AND inhparent = refobjid))
      UNION ALL
      SELECT DISTINCT 'view or rule ' || ev_class::regclass || ' depends on ' || relname
        FROM pg_catalog.pg_depend JOIN tables ON refclassid = 'pg_class'::regclass AND refobjid = tables.oid
        JOIN pg_catalog.pg_rewrite AS r ON classid = 'pg_rewrite'::regclass AND objid = r.oid
      UNION ALL
      SELECT DISTINCT pg_catalog.pg_describe_object(classid, objid, objsubid) || ' has the type of a row of ' || relname
        FROM row_types JOIN pg_catalog.pg_depend ON refclassid = 'pg_type'::regclass AND refobjid = type
        WHERE classid = 'pg_class'::regclass AND objsubid > 0
      UNION ALL
      SELECT DISTINCT pg_catalog.pg_describe_object('pg_type'::regclass, type, 0) || ' is made of rows of ' || relname
        FROM row_types JOIN pg_catalog.pg_type ON pg_type.oid = type WHERE typtype IN ('d', 'r')
      UNION ALL
      SELECT DISTINCT pg_catalog.format('a right of %s on column %s depends on %s',
          CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END, attname, relname)
        FROM tables JOIN pg_catalog.pg_attribute ON attrelid = tables.oid,
          pg_catalog.aclexplode(attacl)
        WHERE relname = 'activities' AND attname = 'reply_to_activity_uuid' AND atttypid = 'integer'::regtype
      ORDER BY 1""";

  private Dependents() {}

  /** Names them, one phrase each. */
  static List<String> in(Sql sql) throws SQLException {
    return sql.texts(QUERY);
  }
}
