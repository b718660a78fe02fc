package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE STATISTICS mine ON created_at, user_uuid FROM activities | statistics object public.mine depends on activities
          CREATE FUNCTION f(timestamp) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE STATISTICS mine ON (f(created_at)), handle FROM users | statistics object public.mine depends on users
          CREATE DOMAIN mine AS activities CHECK ((value).created_at > '2020-01-01') | constraint mine_check depends on activities; type public.mine is made of rows of activities
          CREATE DOMAIN mine AS users; CREATE TABLE other (who mine) | column who of table public.other has the type of a row of users; type public.mine is made of rows of users
          CREATE TYPE mine AS (who users) | column who of composite type public.mine has the type of a row of users
          CREATE TYPE mine AS (who users[]); CREATE TABLE other (what mine[]) | column what of table public.other has the type of a row of users; column who of composite type public.mine has the type of a row of users
          CREATE SEQUENCE mine OWNED BY activities.reply_to_activity_uuid | sequence public.mine depends on activities
          CREATE MATERIALIZED VIEW mine AS SELECT created_at FROM users | view or rule public.mine depends on users
          CREATE RULE mine AS ON DELETE TO users DO INSTEAD NOTHING | view or rule public.users depends on users
          CREATE FUNCTION f() RETURNS users LANGUAGE sql STABLE AS 'SELECT * FROM public.users LIMIT 1'; CREATE TABLE other (id int, at timestamp DEFAULT (f()).created_at) | default value for column at of table public.other depends on users
          CREATE FUNCTION f() RETURNS users LANGUAGE sql STABLE AS 'SELECT * FROM public.users LIMIT 1'; CREATE DOMAIN mine AS timestamp DEFAULT (f()).created_at | type public.mine depends on users
          CREATE FUNCTION f() RETURNS users LANGUAGE sql STABLE AS 'SELECT * FROM public.users LIMIT 1'; CREATE DOMAIN mine AS timestamp CHECK (VALUE > (f()).created_at) | constraint mine_check depends on users
          CREATE FUNCTION f(int) RETURNS users LANGUAGE sql IMMUTABLE AS 'SELECT * FROM public.users LIMIT 1'; CREATE TABLE other (id int); CREATE INDEX mine ON other (((f(id)).created_at::date)) | index public.mine depends on users
          CREATE FUNCTION f(int) RETURNS activities LANGUAGE sql IMMUTABLE AS 'SELECT * FROM public.activities LIMIT 1'; CREATE TABLE other (id int CHECK ((f(id)).reply_to_activity_uuid IS NULL)) | constraint other_id_check on table public.other depends on activities
          CREATE FUNCTION f() RETURNS users LANGUAGE sql STABLE AS 'SELECT * FROM public.users LIMIT 1'; CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TABLE other (at timestamp); CREATE TRIGGER mine AFTER INSERT ON other FOR EACH ROW WHEN ((f()).created_at < NEW.at) EXECUTE FUNCTION t() | trigger mine on table public.other depends on users
          GRANT SELECT (uuid, reply_to_activity_uuid) ON activities TO PUBLIC | a right of PUBLIC on column reply_to_activity_uuid depends on activities
          CREATE SCHEMA away; CREATE VIEW away.mine AS SELECT reply_to_activity_uuid FROM activities | view or rule away.mine depends on activities
          """)
  void areRefusedBeforeAnythingIsChanged(String change, String differences) {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(change);
    assertRefused(database, differences.split("; "));
  }

  @Test
  void areRefusedAlsoWhereTheyCameAfterAnInterruptedAdoption() {
    Postgres database = HandMade.ORIGINAL.withRows();
    TrappedDataSource untilV4 =
        new TrappedDataSource(
            database.source(),
            -4,
            connection -> {
              throw new SQLException("killed");
            });
    assertThatThrownBy(() -> Migrations.of(untilV4).migrate())
        .isInstanceOf(MigrationException.class);
    database.run("CREATE VIEW mine AS SELECT reply_to_activity_uuid FROM activities");
    assertThat(Migrations.of(database.source()).info().schemaVersion()).isEqualTo("4");

    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .hasMessageContaining("view or rule public.mine depends on activities")
        .hasMessageContaining("Nothing was changed");

    assertThat(Migrations.of(database.source()).info().schemaVersion()).isEqualTo("4");
    database.run("DROP VIEW mine");
    Migrations.of(database.source()).migrate();
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
  }

  @Test
  void includeTablesOfATypeOrOfAnotherStorage() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        """
        DROP TABLE users;
        CREATE TYPE mine AS (uuid uuid, display_name text, handle text, cognito_user_id text, created_at timestamp);
        CREATE TABLE users OF mine (uuid WITH OPTIONS DEFAULT uuid_generate_v4() PRIMARY KEY,
          created_at WITH OPTIONS DEFAULT current_timestamp NOT NULL);
        CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
        ALTER TABLE activities RENAME TO old;
        CREATE TABLE activities (LIKE old INCLUDING ALL) USING heap2;
        DROP TABLE old""");
    assertThat(Migrations.of(database.source()).plan().differences())
        .containsExactly("activities is no ordinary table", "users is no ordinary table");
  }

  /**
   * Servers before 18 have no NOT NULL by name: nothing of this kind can stand in the way there.
   */
  private static boolean isTaken(Postgres database, String constraint) {
    boolean known = database.number("SELECT current_setting('server_version_num')") >= 180_000;
    if (known) {
      database.run(constraint);
    } else {
      assertThatThrownBy(() -> database.run(constraint)).hasMessageContaining("syntax error");
    }
    return known;
  }

  @Test
  void includeNotNullThatHoldsForNewRowsAlone() {
    Postgres database = HandMade.ORIGINAL.withRows();
    String constraint = "ALTER TABLE users ADD CONSTRAINT mine NOT NULL handle NOT VALID";
    database.run("UPDATE users SET handle = NULL WHERE handle = 'bayko'");
    if (!isTaken(database, constraint)) {
      return;
    }
    assertRefused(
        database,
        "constraint mine of users is not valid: drop it, or fill what is NULL and"
            + " ALTER TABLE public.users VALIDATE CONSTRAINT mine");
    database.run("UPDATE users SET handle = 'b' WHERE handle IS NULL");
    database.run("ALTER TABLE users VALIDATE CONSTRAINT mine");
    assertThat(Migrations.of(database.source()).migrate().schemaVersion()).isEqualTo("29");
  }

  @Test
  void includeNotNullThatIsNotInherited() {
    Postgres database = HandMade.ORIGINAL.withRows();
    String constraint = "ALTER TABLE users ADD CONSTRAINT mine NOT NULL handle NO INHERIT";
    if (!isTaken(database, constraint)) {
      return;
    }
    assertRefused(
        database,
        "constraint mine of users is NO INHERIT: drop it, or fill what is NULL and"
            + " ALTER TABLE public.users ALTER CONSTRAINT mine INHERIT");
    database.run("ALTER TABLE public.users ALTER CONSTRAINT mine INHERIT");
    assertThat(Migrations.of(database.source()).migrate().schemaVersion()).isEqualTo("29");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE other (u uuid REFERENCES users ON DELETE CASCADE, a uuid REFERENCES activities)",
        "CREATE FUNCTION g() RETURNS SETOF users LANGUAGE sql AS 'SELECT * FROM public.users'",
        "CREATE FUNCTION g(users) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE CAST (users AS int) WITH FUNCTION g(users)",
        "CREATE PUBLICATION mine FOR TABLE users, activities",
        "ALTER TABLE activities REPLICA IDENTITY FULL; CLUSTER users USING users_pkey",
        "CREATE TABLE other (LIKE users INCLUDING ALL)",
        "CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; CREATE TABLE other (i int);"
            + " CREATE CONSTRAINT TRIGGER t AFTER INSERT ON other FROM users FOR EACH ROW EXECUTE FUNCTION t()",
        "COMMENT ON COLUMN activities.reply_to_activity_uuid IS 'mine'; ALTER TABLE users ADD x int; ALTER TABLE users DROP x",
        "ALTER TABLE activities ALTER message SET STORAGE EXTERNAL, ALTER created_at SET STATISTICS 500"
      })
  void leaveAloneWhatIsNotInTheWay(String change) {
    Postgres database = HandMade.FOREIGN_KEY.withRows();
    database.run(change);
    List<String> content = HandMade.contentOf(database);
    assertThat(Migrations.of(database.source()).migrate().schemaVersion()).isEqualTo("29");
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
    assertThat(Migrations.of(database.source()).validate().problems()).isEmpty();
  }

  @Test
  void areToldTogetherWithNamesRightsAndData() {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(
        "CREATE VIEW mine AS SELECT created_at FROM users; CREATE TABLE environment (i int);"
            + " UPDATE users SET handle = 'BAYKO' WHERE handle = 'user1';"
            + " UPDATE users SET cognito_user_id = repeat('b', 2601) WHERE handle = 'user2'");
    assertRefused(
        database,
        "view or rule public.mine depends on users",
        "table public.environment has a name that V26 environment needs",
        "1 users have a cognito_user_id of over 2600 bytes");
    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .hasMessageContaining("1 users have the handle of an older user")
        .hasMessageContaining("Migrations.fixes().renameHandles()");
    assertThat(Migrations.of(database.source()).plan().obstacles()).hasSize(1);
  }

  private static void assertRefused(Postgres database, String... differences) {
    List<String> schema = database.schema();
    List<String> content = HandMade.contentOf(database);
    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageContainingAll(differences)
        .hasMessageContaining("Nothing was changed");
    assertThat(Migrations.of(database.source()).plan().differences())
        .hasSameSizeAs(differences)
        .allSatisfy(
            found ->
                assertThat(differences)
                    .anySatisfy(difference -> assertThat(found).startsWith(difference)));
    assertThat(database.schema()).isEqualTo(schema);
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }
}
