package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;

/** What would stop the roles half-way, or take the tables from a service that works with them. */
final class RoleObstacles {

  /** One row for each obstacle; the columns of {@code me} say what the connected user may. */
  private static final String QUERY =
      """
      WITH me AS (
        SELECT rolname, rolsuper OR rolcreaterole AS may_create,
          pg_catalog.to_regrole('cruddur_owner') AS owner,
          pg_catalog.pg_has_role(nspowner, 'USAGE') AS owns_schema
        FROM pg_catalog.pg_roles, pg_catalog.pg_namespace
        WHERE rolname = current_user AND nspname = 'public'
      ), rights AS (
        SELECT *, owner IS NULL OR pg_catalog.pg_has_role(owner, 'MEMBER WITH ADMIN OPTION')
          OR may_create AND pg_catalog.current_setting('server_version_num')::int < 160000 AS may_grant
        FROM me
      ), tables AS (
        SELECT relname, rolname AS table_owner, relowner FROM pg_catalog.pg_class
        JOIN pg_catalog.pg_roles ON pg_roles.oid = relowner
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND relname IN ('users', 'activities', 'environment', 'flyway_schema_history')
          AND pg_catalog.to_regclass('public.environment') IS NOT NULL
      )
      SELECT 1, pg_catalog.format('role %s does not exist, and %s may not create it (as a superuser, CREATE ROLE %1$s NOLOGIN)',
        missing, rolname)
      FROM rights, pg_catalog.unnest(ARRAY['cruddur_owner', 'cruddur_app', 'cruddur_readonly']) AS missing
      WHERE pg_catalog.to_regrole(missing) IS NULL AND NOT may_create
      UNION ALL
      SELECT 2, pg_catalog.format('%s is no member of cruddur_owner (as a superuser, GRANT cruddur_owner TO %1$I)', rolname)
      FROM rights WHERE owner IS NOT NULL AND NOT pg_catalog.pg_has_role(owner, 'USAGE') AND NOT may_grant
      UNION ALL
      SELECT 3, pg_catalog.format('table %s belongs to %s, and %s has not the rights of it (call roles() as %2$s or a superuser)',
        relname, table_owner, rolname)
      FROM rights, tables
      WHERE relowner IS DISTINCT FROM owner AND NOT pg_catalog.pg_has_role(relowner, 'USAGE')
      UNION ALL
      SELECT DISTINCT 4, pg_catalog.format(
        '%s owns tables, would lose them to cruddur_owner, and %s may not make it a member (as a superuser, GRANT cruddur_owner TO %1$I)',
        table_owner, rolname)
      FROM rights, tables
      WHERE owner IS NOT NULL AND NOT may_grant AND NOT pg_catalog.pg_has_role(relowner, owner, 'MEMBER')
        AND pg_catalog.pg_has_role(relowner, 'USAGE')
      UNION ALL
      SELECT DISTINCT 5, pg_catalog.format(
        'cruddur_owner cannot own tables in schema public without CREATE, and %s does not own the schema'
          || ' (as its owner, GRANT USAGE, CREATE ON SCHEMA public TO cruddur_owner)', rolname)
      FROM rights, tables
      WHERE relowner IS DISTINCT FROM owner AND NOT owns_schema
        AND NOT pg_catalog.has_schema_privilege(CASE WHEN owner IS NULL THEN 'public' ELSE 'cruddur_owner' END, 'public', 'CREATE')
      ORDER BY 1, 2""";

  private RoleObstacles() {}

  /** Refuses what could not be finished, before the first change. */
  static void refuse(Sql sql) throws SQLException {
    List<String> obstacles = sql.list(QUERY, row -> row.getString(2));
    if (!obstacles.isEmpty()) {
      throw new MigrationException(
          "The roles cannot be given their rights by this user: "
              + String.join("; ", obstacles)
              + ". Nothing was changed. Resolve this, and call roles() again.");
    }
  }
}
