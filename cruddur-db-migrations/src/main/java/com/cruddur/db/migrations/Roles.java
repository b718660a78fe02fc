package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The roles that share out the rights: one owns the tables, one works with the rows, one reads. */
final class Roles {

  private static final List<String> NAMES =
      List.of("cruddur_owner", "cruddur_app", "cruddur_readonly");

  private final MigrationSession session;
  private final Sql sql;
  private final Duration patience;

  Roles(MigrationSession session, Duration patience) {
    this.session = session;
    this.sql = session.sql();
    this.patience = patience;
  }

  List<String> create() throws SQLException {
    RoleObstacles.refuse(sql);
    Rights.refuseStrongRoles(sql);
    List<String> created = new ArrayList<>();
    for (String name : NAMES) {
      if (create(name)) {
        created.add(name);
      }
    }
    becomeMember();
    if (new Shape(sql).relations().contains("environment")) {
      List<String> owners = ownersWhoWouldLoseTheirTables();
      new Patience(session, patience)
          .untilLocked(
              () ->
                  session.inTransaction(
                      () -> sql.execute(BundledMigrations.text(BundledMigrations.RIGHTS_SCRIPT))));
      for (String owner : owners) {
        if (sql.holds("pg_catalog.pg_has_role(?, 'cruddur_owner', 'MEMBER')", owner)) {
          created.add("cruddur_owner granted to " + owner + ", who owned tables");
        }
      }
    }
    return List.copyOf(created);
  }

  private List<String> ownersWhoWouldLoseTheirTables() throws SQLException {
    return sql.texts(
        """
        SELECT DISTINCT rolname FROM pg_catalog.pg_class JOIN pg_catalog.pg_roles ON pg_roles.oid = relowner
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND relname IN ('users', 'activities', 'environment', 'flyway_schema_history')
          AND NOT rolsuper AND NOT pg_catalog.pg_has_role(relowner, 'cruddur_owner', 'MEMBER')
        ORDER BY 1""");
  }

  /** Somebody who works on another database of the server may be creating it at this moment. */
  private boolean create(String name) throws SQLException {
    if (sql.holds("EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ?)", name)) {
      return false;
    }
    try {
      sql.execute("CREATE ROLE " + name + " NOLOGIN");
      return true;
    } catch (SQLException failure) {
      if ("42710".equals(failure.getSQLState()) || "23505".equals(failure.getSQLState())) {
        return false;
      }
      throw failure;
    }
  }

  /** Who creates the owner must be a member of it to hand the tables over and still change them. */
  private void becomeMember() throws SQLException {
    if (!sql.holds("pg_catalog.pg_has_role('cruddur_owner', 'USAGE')")) {
      sql.execute("GRANT cruddur_owner TO CURRENT_USER");
    }
  }
}
