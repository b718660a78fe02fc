package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rights beyond the tasks of the roles, that no run of ours can take back: what the roles are on
 * the whole server, and what somebody other than the owner granted. Without the roles there are
 * none.
 */
final class Rights {

  private static final String OF_THE_ROLES =
      """
      SELECT pg_catalog.format('Role %s may do more than its task needs: ALTER ROLE %1$s %s.', rolname,
          pg_catalog.concat_ws(' ', CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
            CASE WHEN rolcreatedb THEN 'NOCREATEDB' END, CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
            CASE WHEN rolreplication THEN 'NOREPLICATION' END, CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END))
        FROM pg_catalog.pg_roles
        WHERE rolname IN ('cruddur_app', 'cruddur_readonly')
          AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
      UNION ALL
      SELECT pg_catalog.format('Role %s has also the rights of %s: REVOKE %2$s FROM %1$s%3$s.', member::regrole, roleid::regrole,
          CASE WHEN pg_catalog.current_setting('server_version_num')::int >= 160000
            THEN ' GRANTED BY ' || grantor::regrole::text ELSE '' END)
        FROM pg_catalog.pg_auth_members
        WHERE member IN (pg_catalog.to_regrole('cruddur_app'), pg_catalog.to_regrole('cruddur_readonly'))
          AND (member, roleid) IS DISTINCT FROM
            (pg_catalog.to_regrole('cruddur_app')::oid, pg_catalog.to_regrole('cruddur_readonly')::oid)
      ORDER BY 1""";

  /** roles() does not refuse these: an administrator may have made the roles for more than this. */
  private static final String ATTRIBUTES =
      """
      SELECT pg_catalog.format('Role %s may do more than its task needs: ALTER ROLE %1$s %s.', rolname,
          pg_catalog.concat_ws(' ', CASE WHEN rolcanlogin THEN 'NOLOGIN' END, CASE WHEN is_owner THEN
            pg_catalog.concat_ws(' ', CASE WHEN rolsuper THEN 'NOSUPERUSER' END,
              CASE WHEN rolcreatedb THEN 'NOCREATEDB' END, CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
              CASE WHEN rolreplication THEN 'NOREPLICATION' END, CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END) END))
      FROM (SELECT *, rolname = 'cruddur_owner' AS is_owner FROM pg_catalog.pg_roles
        WHERE rolname IN ('cruddur_owner', 'cruddur_app', 'cruddur_readonly')) AS roles
      WHERE rolcanlogin OR is_owner AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
      ORDER BY 1""";

  /**
   * What everybody may, the roles may. Temporary tables are PUBLIC's by default in each new
   * database, copies of this one among them: whoever does not own it could not mend that.
   */
  private static final String ON_THE_DATABASE =
      """
      SELECT pg_catalog.format('%s may %s in database %s: as its owner or a superuser, %sREVOKE %s ON DATABASE %I FROM %s%s.',
          CASE grantee WHEN 0 THEN 'Everybody' ELSE 'Role ' || grantee::regrole END,
          CASE privilege_type WHEN 'CREATE' THEN 'create schemas' ELSE 'make temporary tables' END, datname,
          CASE grantor WHEN datdba THEN '' ELSE pg_catalog.format('SET ROLE %s; ', grantor::regrole) END,
          privilege_type, datname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END,
          CASE WHEN is_grantable THEN ' CASCADE' ELSE '' END
            || CASE grantor WHEN datdba THEN '' ELSE '; RESET ROLE' END)
      FROM pg_catalog.pg_database,
        pg_catalog.aclexplode(coalesce(datacl, pg_catalog.acldefault('d', datdba)))
      WHERE datname = pg_catalog.current_database() AND privilege_type IN ('CREATE', 'TEMPORARY') AND grantee <> datdba
        AND (grantee = 0 AND privilege_type = 'CREATE' OR grantee IN (pg_catalog.to_regrole('cruddur_app'), pg_catalog.to_regrole('cruddur_readonly')))
        AND EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname IN ('cruddur_owner', 'cruddur_app', 'cruddur_readonly'))
      ORDER BY 1""";

  /**
   * Others may read and write rows if an administrator wants it; but nobody empties a table past
   * the counters, runs code of theirs for others, or writes the history or the name of the
   * environment. Grants made by the owner name nobody to set the role to.
   */
  private static final String ON_TABLES =
      """
      WITH tables AS (
        SELECT oid, relname, relowner, relacl FROM pg_catalog.pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND relname IN ('users', 'activities', 'environment', 'flyway_schema_history')
      ), grants AS (
        SELECT relname, relowner, '' AS columns, a.* FROM tables, pg_catalog.aclexplode(relacl) AS a
        UNION ALL
        SELECT relname, relowner, pg_catalog.format(' (%I)', attname), a.*
        FROM tables JOIN pg_catalog.pg_attribute ON attrelid = tables.oid, pg_catalog.aclexplode(attacl) AS a
      ), named AS (
        SELECT *, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS who FROM grants
      )
      SELECT pg_catalog.format('%s may %s%s on table %s%s: %sREVOKE %s%s ON public.%s FROM %s%s.',
          CASE who WHEN 'PUBLIC' THEN 'Everybody' ELSE 'Role ' || who END, privilege_type, columns, relname,
          CASE WHEN is_grantable THEN ', and grant it to others' ELSE '' END,
          CASE grantor WHEN relowner THEN '' ELSE pg_catalog.format('SET ROLE %s; ', grantor::regrole) END,
          privilege_type, columns, relname, who,
          CASE WHEN is_grantable THEN ' CASCADE' ELSE '' END
            || CASE grantor WHEN relowner THEN '' ELSE '; RESET ROLE' END)
      FROM named
      WHERE grantee <> relowner
        AND (who IN ('PUBLIC', 'cruddur_app', 'cruddur_readonly')
          OR (relname IN ('users', 'activities') AND privilege_type IN ('TRUNCATE', 'TRIGGER')
              OR relname NOT IN ('users', 'activities') AND privilege_type <> 'SELECT')
            AND EXISTS (SELECT FROM pg_catalog.pg_roles WHERE oid = grantee AND NOT rolsuper)
            AND NOT pg_catalog.pg_has_role(grantee, relowner, 'MEMBER'))
        AND EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname IN ('cruddur_owner', 'cruddur_app', 'cruddur_readonly'))
        AND (is_grantable OR who = 'PUBLIC' OR privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
          OR privilege_type <> 'SELECT' AND (who = 'cruddur_readonly' OR relname NOT IN ('users', 'activities')))
      ORDER BY relname, who, privilege_type, columns, grantor::regrole::text""";

  /** Whoever has the rights of the tables' owner needs CREATE to migrate. */
  private static final String ON_THE_SCHEMA =
      """
      SELECT pg_catalog.format('Role %s may create objects in schema public: as %s or a superuser, %3$sREVOKE CREATE ON SCHEMA public FROM %1$s%4$s.',
          grantee::regrole, grantor::regrole,
          CASE grantor WHEN nspowner THEN '' ELSE pg_catalog.format('SET ROLE %s; ', grantor::regrole) END,
          CASE WHEN is_grantable THEN ' CASCADE' ELSE '' END
            || CASE grantor WHEN nspowner THEN '' ELSE '; RESET ROLE' END)
      FROM pg_catalog.pg_namespace, pg_catalog.aclexplode(nspacl) JOIN pg_catalog.pg_roles AS role ON role.oid = grantee
      WHERE nspname = 'public' AND privilege_type = 'CREATE' AND grantee <> nspowner AND NOT rolsuper
        AND rolname <> 'cruddur_owner'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_class
          WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'activities')
            AND pg_catalog.pg_has_role(grantee, relowner, 'MEMBER'))
      ORDER BY 1""";

  private Rights() {}

  /** Says which are too many, one sentence each with the SQL that takes them back. */
  static List<String> problems(Sql sql) throws SQLException {
    List<String> problems = new ArrayList<>(sql.texts(OF_THE_ROLES));
    problems.addAll(sql.texts(ATTRIBUTES));
    problems.addAll(sql.texts(ON_THE_DATABASE));
    problems.addAll(sql.texts(ON_TABLES));
    problems.addAll(sql.texts(ON_THE_SCHEMA));
    return problems;
  }

  /** Refuses to work with roles that would have more rights than their tasks need. */
  static void refuseStrongRoles(Sql sql) throws SQLException {
    List<String> problems = sql.texts(OF_THE_ROLES);
    if (!problems.isEmpty()) {
      throw new MigrationException(
          "The roles were not given their rights: "
              + String.join(" ", problems)
              + " Nothing was changed. Do this as a superuser, and call roles() again.");
    }
  }
}
