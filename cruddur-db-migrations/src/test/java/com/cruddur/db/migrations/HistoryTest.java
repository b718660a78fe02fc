package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

  private static final String TABLE =
      """
      CREATE TABLE public.flyway_schema_history (
        installed_rank int PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL, type varchar(20) NOT NULL,
        script varchar(1000) NOT NULL, checksum int, installed_by varchar(100) NOT NULL,
        installed_on timestamp NOT NULL DEFAULT now(), execution_time int NOT NULL, success boolean NOT NULL)""";

  @Test
  void ofAnotherApplicationIsRefusedAndKept() {
    Postgres database =
        Postgres.with(
            TABLE,
            """
            INSERT INTO public.flyway_schema_history VALUES
              (1, '1', 'init', 'SQL', 'V1__init.sql', 7, 'app', now(), 1, true),
              (2, '20240101', 'orders', 'SQL', 'V20240101__orders.sql', 7, 'app', now(), 1, false)""");
    Migrations migrations = Migrations.of(database.source());
    String difference =
        "it holds V1__init.sql instead of V1__original_schema.sql, V20240101__orders.sql.";

    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(difference)
        .hasMessageContaining("Nothing was changed")
        .hasMessageContaining("SET SCHEMA");

    assertThat(database.number("SELECT count(*) FROM public.flyway_schema_history")).isEqualTo(2);
    assertThat(migrations.plan().differences()).singleElement().asString().contains(difference);
    assertThat(migrations.info().state()).isEqualTo(SchemaState.FOREIGN);
    assertThat(migrations.info().schemaVersion()).isEqualTo("none");
    assertThat(migrations.validate().problems()).singleElement().asString().contains(difference);
  }

  @Test
  void ofABaselineByAnotherToolDoesNotVouchForTheShape() {
    Postgres database = HandMade.ORIGINAL.withRows();
    Flyway.configure().dataSource(database.source()).baselineVersion("1").load().baseline();
    database.run("ALTER TABLE public.users ADD COLUMN karma integer");
    Migrations migrations = Migrations.of(database.source());

    assertThatThrownBy(migrations::migrate)
        .hasMessageContaining("column users.karma is unknown")
        .hasMessageContaining("Nothing was changed");
    assertThat(migrations.plan().differences()).containsExactly("column users.karma is unknown");

    database.run("ALTER TABLE public.users DROP COLUMN karma");
    assertThat(migrations.migrate().schemaVersion()).isEqualTo("29");
  }

  @Test
  void ofABaselineAtALaterVersionIsRefused() {
    Postgres database = HandMade.ORIGINAL.withRows();
    Flyway.configure().dataSource(database.source()).baselineVersion("20").load().baseline();
    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .hasMessageContaining("baseline at version 20");
  }

  @Test
  void withAFailedScriptOfOursCallsForAnotherRun() {
    Postgres database = Postgres.empty();
    Migrations migrations = Migrations.of(database.source());
    migrations.migrate();
    database.run(
        """
        DELETE FROM flyway_schema_history WHERE version::int > 24;
        DROP TRIGGER activities_count_added_reply ON activities;
        DROP TRIGGER activities_count_moved_reply ON activities;
        DROP TRIGGER activities_count_deleted_replies ON activities;
        DROP TRIGGER activities_refuse_inserted_replies_count ON activities;
        DROP TRIGGER activities_refuse_updated_replies_count ON activities;
        DROP FUNCTION activities_count_added_reply, activities_count_moved_reply,
          activities_count_deleted_replies, activities_refuse_replies_count;
        DROP TABLE environment;
        UPDATE flyway_schema_history SET success = false WHERE version = '24'""");

    assertThat(migrations.info().pending()).hasSize(6).first().isEqualTo("V24 search_index");
    assertThat(migrations.plan().pending()).hasSize(6);
    assertThat(migrations.validate().problems())
        .contains("V24__search_index.sql was interrupted or failed: run migrate() again.")
        .noneMatch(problem -> problem.contains("put the script back"));
    assertThat(migrations.migrate().schemaVersion()).isEqualTo("29");
    assertThat(migrations.validate().problems()).isEmpty();
  }

  @Test
  void knowsAllScripts() {
    List<String> scripts =
        Migrations.of(Postgres.empty().source()).plan().pending().stream()
            .map(migration -> migration.name().replaceFirst(" ", "__") + ".sql")
            .toList();
    assertThat(BundledMigrations.SCRIPTS).isEqualTo(scripts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE flyway_schema_history (id int)",
        "CREATE VIEW flyway_schema_history AS SELECT 1 AS version",
        "CREATE TYPE flyway_schema_history AS (a int)"
      })
  void ofAnotherKindIsToldApart(String something) {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(something);
    List<String> content = HandMade.contentOf(database);
    Migrations migrations = Migrations.of(database.source());
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("flyway_schema_history")
        .hasMessageContaining("no rows as Flyway writes them")
        .hasMessageContaining("SET SCHEMA")
        .hasMessageContaining("Nothing was changed");
    assertThat(migrations.plan().differences()).isNotEmpty();
    assertThat(migrations.info().state()).isEqualTo(SchemaState.FOREIGN);
    assertThat(migrations.validate().isValid()).isFalse();
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
  }

  @Test
  void whoseRowsWereDeletedIsToldWithTheSqlThatBringsThemBack() {
    Postgres database = Postgres.migrated();
    List<String> before =
        database.list(
            "SELECT concat_ws(' ', installed_rank, version, description, type, script, checksum, success)"
                + " FROM flyway_schema_history ORDER BY installed_rank");
    database.run("DELETE FROM flyway_schema_history WHERE version IN ('1', '19', '20')");
    Migrations migrations = Migrations.of(database.source());

    List<String> problems = migrations.validate().problems();

    assertThat(problems)
        .hasSize(3)
        .allSatisfy(problem -> assertThat(problem).contains("is missing from the history: "));
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("V20 is missing from the history: INSERT INTO")
        .hasMessageContaining("Nothing was changed");
    for (String problem : problems) {
      database.run(problem.substring(problem.indexOf("INSERT")));
    }
    assertThat(migrations.validate().problems()).isEmpty();
    assertThat(migrations.migrate().applied()).isEmpty();
    assertThat(
            database.list(
                "SELECT concat_ws(' ', installed_rank, version, description, type, script, checksum, success)"
                    + " FROM flyway_schema_history ORDER BY installed_rank"))
        .isEqualTo(before);
  }

  @Test
  void thatDoesNotFitTheScriptsIsToldWithARemedy() {
    Postgres database = Postgres.migrated();
    database.run("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2'");
    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("Call validate(), which names what differs and says what to do.");
  }

  /** Whoever runs the SQL of a plan by hand has all but the history. */
  @Test
  void thatIsMissingBesideTheNewestSchemaIsToldWithARemedy() {
    Postgres database = Postgres.migrated();
    database.run("CREATE SCHEMA away; ALTER TABLE public.flyway_schema_history SET SCHEMA away");
    Migrations migrations = Migrations.of(database.source());
    String remedy = "pg_dump --table=public.flyway_schema_history";

    assertThat(migrations.validate().problems()).singleElement().asString().contains(remedy);
    assertThat(migrations.plan().differences()).singleElement().asString().contains(remedy);
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(remedy)
        .hasMessageContaining("Nothing was changed");

    database.run("ALTER TABLE away.flyway_schema_history SET SCHEMA public");
    assertThat(migrations.validate().problems()).isEmpty();
  }
}
