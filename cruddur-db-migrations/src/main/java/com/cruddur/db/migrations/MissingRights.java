package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rights without which a pending script would stop half-way. Whoever owns a table may have revoked
 * her own, and what somebody creates may come without rights for themself.
 */
final class MissingRights {

  private static final Pattern FOREIGN_KEY = Pattern.compile("REFERENCES public\\.(\\w+) \\(");
  private static final Pattern TRIGGER =
      Pattern.compile("CREATE TRIGGER \\w+[^;]*? ON public\\.(\\w+)");

  private static final String ON_A_TABLE =
      """
      SELECT pg_catalog.format('%1$s has no right to %2$s on table %3$s, which %4$s needs (as the owner of the table, GRANT %2$s ON public.%3$I TO %1$I)',
        rolname, privilege, relname, script)
      FROM (SELECT ?::text, ?::text, ?::text, ?::text) AS needed (who, privilege, script, relation)
      JOIN pg_catalog.pg_class ON pg_class.oid = pg_catalog.to_regclass('public.' || relation)
      JOIN pg_catalog.pg_roles ON CASE who WHEN 'owner' THEN pg_roles.oid = relowner ELSE rolname = current_user END
      WHERE NOT pg_catalog.has_table_privilege(pg_roles.oid, pg_class.oid, privilege)
        AND NOT (privilege = 'REFERENCES'
          AND pg_catalog.has_column_privilege(pg_roles.oid, pg_class.oid, 'uuid', 'REFERENCES'))""";

  private static final String TO_CREATE =
      """
      SELECT pg_catalog.format('%s may not create objects in schema public (as its owner, GRANT USAGE, CREATE ON SCHEMA public TO %1$I)', current_user)
        WHERE NOT pg_catalog.has_schema_privilege('public', 'CREATE') OR NOT pg_catalog.has_schema_privilege('public', 'USAGE')
      UNION ALL
      SELECT pg_catalog.format('%1$s may not create objects in tablespace %2$s, the default_tablespace (as a superuser, GRANT CREATE ON TABLESPACE %2$I TO %1$I)',
          current_user, spcname)
        FROM pg_catalog.pg_tablespace
        WHERE spcname = pg_catalog.current_setting('default_tablespace')
          AND pg_tablespace.oid <> (SELECT dattablespace FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
          AND NOT pg_catalog.has_tablespace_privilege(pg_tablespace.oid, 'CREATE')
      UNION ALL
      SELECT pg_catalog.format('the default privileges of %1$s give no right to %2$s to %1$s itself (ALTER DEFAULT PRIVILEGES FOR ROLE %1$I GRANT %2$s ON %3$s TO %1$I)',
          current_user, needed.privilege, kind)
        FROM (VALUES ('r', 'SELECT', 'TABLES'), ('r', 'INSERT', 'TABLES'), ('r', 'DELETE', 'TABLES'), ('f', 'EXECUTE', 'FUNCTIONS'))
          AS needed (type, privilege, kind)
        JOIN pg_catalog.pg_default_acl AS d ON defaclobjtype = needed.type AND defaclnamespace = 0
        JOIN pg_catalog.pg_roles ON pg_roles.oid = defaclrole
        WHERE rolname = current_user AND NOT rolsuper AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_default_acl AS any_acl, pg_catalog.aclexplode(any_acl.defaclacl) AS a
          WHERE any_acl.defaclrole = d.defaclrole AND any_acl.defaclobjtype = d.defaclobjtype
            AND any_acl.defaclnamespace IN (0, 'public'::regnamespace)
            AND a.privilege_type = needed.privilege
            AND CASE a.grantee WHEN 0 THEN true ELSE pg_catalog.pg_has_role(a.grantee, 'USAGE') END)""";

  private final Sql sql;
  private final List<String> found = new ArrayList<>();

  private MissingRights(Sql sql) {
    this.sql = sql;
  }

  /** Says which are missing, for what, and the statement that gives them. */
  static List<String> of(Sql sql, List<PendingMigration> pending) throws SQLException {
    MissingRights rights = new MissingRights(sql);
    if (!pending.isEmpty()) {
      rights.found.addAll(sql.texts(TO_CREATE));
      rights.look("flyway_schema_history", "the history", "user", "SELECT", "INSERT", "DELETE");
      for (String table : List.of("users", "activities")) {
        rights.look(table, "the search for data in the way", "user", "SELECT");
      }
      for (PendingMigration migration : pending) {
        rights.look(migration);
      }
    }
    return List.copyOf(rights.found);
  }

  /** Tables that are not there cannot be read, and need not. */
  static boolean allowReading(Sql sql) throws SQLException {
    return sql.holds(
        """
        NOT EXISTS (SELECT FROM pg_catalog.pg_class
          WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'activities')
            AND NOT pg_catalog.has_table_privilege(oid, 'SELECT'))""");
  }

  /** A foreign key is checked with the rights of the owners of its tables, long after. */
  private void look(PendingMigration migration) throws SQLException {
    for (Matcher key = FOREIGN_KEY.matcher(migration.sql()); key.find(); ) {
      look(key.group(1), migration.name(), "user", "REFERENCES");
      look(key.group(1), migration.name(), "owner", "SELECT", "UPDATE");
      look("activities", migration.name(), "owner", "SELECT", "UPDATE");
    }
    for (Matcher trigger = TRIGGER.matcher(migration.sql()); trigger.find(); ) {
      look(trigger.group(1), migration.name(), "user", "TRIGGER");
    }
  }

  private void look(String table, String script, String who, String... privileges)
      throws SQLException {
    for (String privilege : privileges) {
      for (String missing : sql.texts(ON_A_TABLE, who, privilege, script, table)) {
        String right = missing.substring(0, missing.indexOf(", which "));
        if (found.stream().noneMatch(other -> other.startsWith(right + ", "))) {
          found.add(missing);
        }
      }
    }
  }
}
