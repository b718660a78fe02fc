package com.cruddur.db.cli;

import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.SchemaState;
import com.cruddur.db.migrations.SchemaStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;

/** The steps of check inside a database. */
final class DatabaseChecks {

  private static final int OLDEST = 140_000;
  private static final int NEWEST_TESTED = 190_000;
  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private static final String LACKING =
      """
      SELECT format('%s on %s', privilege, relation::text)
      FROM unnest('{public.users,public.activities}'::text[]) AS names (name),
        to_regclass(name) AS relation, unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS privilege
      WHERE relation IS NOT NULL AND NOT has_table_privilege(relation, privilege)""";

  private final Target target;
  private final Database database;

  DatabaseChecks(Target target, Database database) {
    this.target = target;
    this.database = database;
  }

  String version() throws SQLException, CheckFailedException {
    try (Connection connection = database.connect()) {
      int number =
          Sql.one(
              connection,
              "SELECT current_setting('server_version_num')::int",
              row -> row.getInt(1));
      String said =
          "PostgreSQL "
              + Sql.one(connection, "SHOW server_version", row -> row.getString(1))
              + Sql.one(
                  connection,
                  "SELECT CASE WHEN ssl THEN ', ' || version ELSE ', without TLS' END"
                      + " FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()",
                  row -> row.getString(1));
      if (number < OLDEST) {
        throw CheckFailedException.failed(said, "Upgrade the server: 14 is the oldest supported.");
      }
      if (number >= NEWEST_TESTED) {
        throw CheckFailedException.warning(said, "This release was tested with 14 to 18.");
      }
      return said;
    }
  }

  String rights() throws SQLException, CheckFailedException {
    try (Connection connection = database.connect()) {
      List<String> lacking = Sql.list(connection, LACKING, row -> row.getString(1));
      if (!lacking.isEmpty()) {
        throw CheckFailedException.failed(
            "lacking: " + String.join(", ", lacking),
            "As the owner: GRANT cruddur_app TO "
                + Sql.identifier(target.url().user().orElse(""))
                + " (cruddur-db roles creates it).");
      }
      return Sql.holds(connection, "SELECT pg_catalog.to_regclass('public.users') IS NOT NULL")
          ? "reads and writes users and activities"
          : "there are no tables yet";
    }
  }

  String schema() throws CheckFailedException {
    SchemaStatus status = Migrations.of(database.dataSource()).info();
    String detail =
        "version "
            + status.schemaVersion()
            + (status.environment() == null ? "" : ", environment " + status.environment());
    if (status.state() == SchemaState.FOREIGN) {
      throw CheckFailedException.failed(
          "the tables are not Cruddur's",
          "It is probably the wrong database: correct the end of " + target.source() + ".");
    }
    if (target.environment().filter(name -> !name.equals(status.environment())).isPresent()
        && status.environment() != null) {
      throw CheckFailedException.failed(
          detail, "It is the wrong database: correct " + target.source() + ".");
    }
    if (!status.pending().isEmpty()) {
      throw CheckFailedException.failed(
          detail + ", " + Printable.count(status.pending().size(), "migration") + " pending",
          "Apply them: cruddur-db migrate. If they should be there, it is the wrong database.");
    }
    return detail;
  }

  String clock() throws SQLException, CheckFailedException {
    try (Connection connection = database.connect()) {
      Instant before = Instant.now();
      Instant server =
          Sql.one(
                  connection,
                  "SELECT pg_catalog.clock_timestamp()",
                  row -> row.getObject(1, OffsetDateTime.class))
              .toInstant();
      Instant after = Instant.now();
      Duration ahead =
          Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), server);
      String detail =
          String.format(Locale.ROOT, "the server's is %+.3f s from ours", ahead.toMillis() / 1e3);
      if (ahead.abs().compareTo(TOLERATED) > 0) {
        throw CheckFailedException.warning(
            detail, "Let both machines take their time by NTP: tokens and expiry depend on it.");
      }
      return detail;
    }
  }
}
