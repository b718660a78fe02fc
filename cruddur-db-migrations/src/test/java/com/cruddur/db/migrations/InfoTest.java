package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InfoTest {

  @Test
  void ofAnEmptyDatabaseListsEverythingAsPending() {
    Postgres database = Postgres.empty();
    SchemaStatus status = Migrations.of(database.source()).info();
    assertThat(status.state()).isEqualTo(SchemaState.EMPTY);
    assertThat(status.schemaVersion()).isEqualTo("none");
    assertThat(status.applied()).isEmpty();
    assertThat(status.pending()).hasSize(29).first().isEqualTo("V1 original_schema");
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }

  @Test
  void ofADatabaseMadeByHandLeavesTheOriginalSchemaOut() {
    Postgres database = HandMade.EMAIL.withRows();
    SchemaStatus status = Migrations.of(database.source()).info();
    assertThat(status.state()).isEqualTo(SchemaState.HAND_MADE);
    assertThat(status.pending()).hasSize(28).first().isEqualTo("V2 user_times_with_time_zone");
  }

  @Test
  void ofAMigratedDatabaseHasNothingPending() {
    SchemaStatus status = Migrations.of(Postgres.migrated().source()).info();
    assertThat(status.state()).isEqualTo(SchemaState.MANAGED);
    assertThat(status.schemaVersion()).isEqualTo("29");
    assertThat(status.applied()).hasSize(29).last().isEqualTo("V29 newest_replies_index");
    assertThat(status.pending()).isEmpty();
  }

  @Test
  void plansTheSqlWithoutRunningIt() {
    Postgres database = HandMade.ORIGINAL.withRows();
    List<String> before = database.schema();

    MigrationPlan plan = Migrations.of(database.source()).plan();

    assertThat(plan.pending()).hasSize(28);
    assertThat(plan.pending())
        .filteredOn(migration -> !migration.transactional())
        .hasSize(8)
        .allSatisfy(migration -> assertThat(migration.sql()).contains("CONCURRENTLY"));
    assertThat(plan.sql())
        .contains("\n-- V2 user_times_with_time_zone\nBEGIN;\n")
        .contains("\n-- V8 cognito_user_ids_unique (outside a transaction)\n")
        .doesNotContain("CREATE EXTENSION");
    assertThat(plan.obstacles()).isEmpty();
    assertThat(database.schema()).isEqualTo(before);
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
    assertThat(Migrations.of(Postgres.migrated().source()).plan().sql()).isEmpty();
  }

  @Test
  void validationSaysWhatToDo() {
    assertThat(problems(Postgres.empty()))
        .containsExactly("The database has no schema: run migrate().");
    assertThat(problems(HandMade.BIO.withoutRows()))
        .containsExactly("The database was made by hand: run migrate(), which adopts it.");
    assertThat(problems(Postgres.with("CREATE TABLE public.invoices (id int)")))
        .containsExactly("The database holds other tables: check the address that you connect to.");
    assertThat(problems(Postgres.migrated())).isEmpty();
  }

  @Test
  void validationTellsPendingChangedAndNewerMigrations() {
    Postgres pending = migratedOfItsOwn();
    pending.run("DELETE FROM flyway_schema_history WHERE version::int > 27");
    assertThat(problems(pending))
        .containsExactly("2 migrations are pending, the first is V28 comments: run migrate().");

    Postgres changed = migratedOfItsOwn();
    changed.run("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '4'");
    assertThat(problems(changed))
        .singleElement()
        .asString()
        .startsWith("V4 is not what was applied (")
        .endsWith(
            "put the script back as it was released, and make the change in a new migration.");

    Postgres newer = migratedOfItsOwn();
    newer.run(
        "INSERT INTO flyway_schema_history SELECT 100, '99', 'later', type, 'V99__later.sql', 1, installed_by, installed_on, 1, true FROM flyway_schema_history WHERE version = '29'");
    assertThat(problems(newer))
        .containsExactly("V99 was applied by a newer release of this library: use that release.");
    assertThat(Migrations.of(newer.source()).migrate().applied())
        .as("an older service starts on a newer schema")
        .isEmpty();
  }

  @Test
  void validationTellsWhereEverybodyMayCreateObjects() {
    Postgres open = migratedOfItsOwn();
    open.run("GRANT CREATE ON SCHEMA public TO PUBLIC");
    assertThat(problems(open))
        .containsExactly(
            "Everybody may create objects in schema public: as its owner, REVOKE CREATE ON SCHEMA public FROM PUBLIC.");
  }

  private static Postgres migratedOfItsOwn() {
    Postgres database = Postgres.empty();
    Migrations.of(database.source()).migrate();
    return database;
  }

  private static List<String> problems(Postgres database) {
    return Migrations.of(database.source()).validate().problems();
  }

  @Test
  void plansSqlThatKeepsEveryInstantInAnySession() throws SQLException {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    List<String> content = HandMade.contentOf(database);
    String sql = Migrations.of(database.source()).plan().sql();

    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'America/Toronto'");
      for (String text : statements(sql)) {
        statement.execute(text);
      }
    }

    assertThat(HandMade.contentOf(database)).isEqualTo(content);
  }

  @Test
  void plansSqlThatLosesNothingWhereWhoeverPastesItGoesOnAfterAnError() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    String sql = Migrations.of(database.source()).plan().sql();
    database.run(
        "UPDATE public.activities SET reply_to_activity_uuid = 42 WHERE uuid = '%s'"
            .formatted(HandMade.POST));
    List<String> content = HandMade.contentOf(database);
    List<String> failures = new ArrayList<>();

    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'America/Toronto'");
      for (String text : statements(sql)) {
        try {
          statement.execute(text);
        } catch (SQLException failure) {
          failures.add(failure.getMessage());
        }
      }
    }

    assertThat(failures).anyMatch(failure -> failure.contains("may hold integers, and is kept"));
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
  }

  /** Splits as psql does; no text of ours ends a line with a semicolon outside of $$. */
  static List<String> statements(String sql) {
    List<String> statements = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String line : sql.lines().filter(line -> !line.strip().startsWith("--")).toList()) {
      text.append(line).append('\n');
      boolean quoted = text.toString().split("\\$\\$", -1).length % 2 == 0;
      if (!quoted && line.endsWith(";")) {
        statements.add(text.toString());
        text.setLength(0);
      }
    }
    return statements;
  }
}
