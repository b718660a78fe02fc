package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdoptionTest {

  private static final TimeZone ZONE = TimeZone.getDefault();

  @BeforeEach
  void liveInToronto() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Toronto"));
  }

  @AfterEach
  void goHome() {
    TimeZone.setDefault(ZONE);
  }

  @ParameterizedTest
  @EnumSource(HandMade.class)
  void keepsEveryRowAndItsMeaning(HandMade variant) {
    Postgres database = variant.withRows();
    List<String> before = HandMade.contentOf(database);

    MigrationReport report = Migrations.of(database.source()).migrate();

    assertThat(report.adopted()).isTrue();
    assertThat(report.applied()).first().isEqualTo("V2 user_times_with_time_zone");
    assertThat(HandMade.contentOf(database)).isEqualTo(before);
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
    assertThat(Migrations.of(database.source()).validate().problems()).isEmpty();
    assertThat(Migrations.of(database.source()).migrate().applied()).isEmpty();
  }

  @Test
  void leavesTheTableOfTheOldMigrationScript() {
    Postgres database = HandMade.OLD_MIGRATION_SCRIPT.withRows();
    Migrations.of(database.source()).migrate();
    assertThat(database.value("SELECT last_successful_run FROM public.schema_information"))
        .isEqualTo("1668452763");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE users ADD COLUMN karma integer | column users.karma is unknown
          ALTER TABLE users DROP COLUMN handle | column users.handle is missing
          ALTER TABLE users ALTER COLUMN created_at TYPE timestamptz | users.created_at is timestamp with time zone and not timestamp without time zone
          ALTER TABLE users ALTER COLUMN uuid DROP DEFAULT | users.uuid has no default and not uuid_generate_v4()
          ALTER TABLE activities ALTER COLUMN likes_count SET DEFAULT 1 | activities.likes_count has another default than 0
          ALTER TABLE activities ALTER COLUMN user_uuid DROP NOT NULL | activities.user_uuid may be NULL
          ALTER TABLE activities DROP CONSTRAINT activities_pkey | the primary key of activities is not uuid
          ALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE (handle) | constraint users_handle_key of users is unknown
          CREATE INDEX mine ON activities (created_at) | index public.mine of activities is unknown
          CREATE VIEW feed AS SELECT * FROM activities | view or rule public.feed depends on activities
          CREATE TABLE environment (name text) | table public.environment has a name that V26 environment needs
          CREATE DOMAIN environment AS text | type public.environment has a name that V26 environment needs
          CREATE SEQUENCE environment_pkey | sequence public.environment_pkey has a name that V26 environment needs
          CREATE TABLE users_handle_key (id int) | table public.users_handle_key has a name that V9 handles_unique needs
          CREATE TABLE other (id int); CREATE INDEX activities_expiry_idx ON other (id) | index public.activities_expiry_idx has a name that V23 expiry_index needs
          CREATE FUNCTION activities_count_moved_reply() RETURNS int LANGUAGE sql AS 'SELECT 1' | function public.activities_count_moved_reply() has a name that V25 replies_are_counted needs
          ALTER TABLE activities ADD CONSTRAINT activities_counters_required FOREIGN KEY (user_uuid) REFERENCES users (uuid) | constraint activities_counters_required on table public.activities has a name that V13 counters_required needs
          CREATE TABLE other (id int CONSTRAINT flyway_schema_history_pk PRIMARY KEY) | index public.flyway_schema_history_pk has a name that the history needs
          ALTER TABLE activities ALTER COLUMN expires_at SET NOT NULL | activities.expires_at may not be NULL
          ALTER TABLE activities ALTER COLUMN expires_at SET DEFAULT now() | activities.expires_at has a default
          ALTER TABLE users ALTER COLUMN cognito_user_id SET DEFAULT 'x' | users.cognito_user_id has a default
          ALTER TABLE users ALTER COLUMN handle TYPE text COLLATE "C" | users.handle has a collation of its own
          ALTER TABLE users ADD COLUMN bio text NOT NULL | users.bio may not be NULL
          ALTER TABLE users ADD COLUMN bio text GENERATED ALWAYS AS (lower(handle)) STORED | users.bio is generated
          ALTER TABLE activities ALTER COLUMN reply_to_activity_uuid SET NOT NULL | activities.reply_to_activity_uuid may not be NULL
          CREATE POLICY mine ON users USING (true) | policy mine on table public.users depends on users
          CREATE FUNCTION first() RETURNS timestamp LANGUAGE sql BEGIN ATOMIC SELECT min(created_at) FROM users; END | function public.first() depends on users
          CREATE TABLE other (who users) | column who of table public.other has the type of a row of users
          CREATE TABLE heir () INHERITS (users) | users is no ordinary table
          ALTER TABLE activities SET UNLOGGED | activities is not logged
          DROP TABLE activities | table activities is missing
          ALTER TABLE users ENABLE ROW LEVEL SECURITY | users is no ordinary table
          """)
  void refusesAnUnknownShapeAndSaysWhatDiffers(String change, String difference) {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(change);
    List<String> before = database.schema();

    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(difference)
        .hasMessageContaining("Nothing was changed")
        .message()
        .doesNotContain("\n");

    assertThat(database.schema()).isEqualTo(before);
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
    assertThat(Migrations.of(database.source()).plan().differences()).containsExactly(difference);
  }

  @Test
  void findsUuidOsspInAnotherSchema() {
    String elsewhere =
        "CREATE SCHEMA \"my extensions\"; CREATE EXTENSION \"uuid-ossp\" WITH SCHEMA \"my extensions\"";
    Postgres empty = Postgres.with(elsewhere);
    Postgres handMade =
        Postgres.with(
            elsewhere,
            "SET search_path = public, \"my extensions\"",
            HandMade.EMAIL.users(),
            HandMade.EMAIL.activities());
    for (Postgres database : List.of(empty, handMade)) {
      Migrations migrations = Migrations.of(database.source());
      assertThat(migrations.plan().differences()).isEmpty();
      assertThat(migrations.migrate().schemaVersion()).isEqualTo("29");
      assertThat(migrations.validate().problems()).isEmpty();
      database.run(
          "INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('a', 'a', 'MOCK')");
    }
  }

  @Test
  void rewritesNoTable() {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    String files =
        "SELECT pg_relation_filenode('public.users') || ' ' || pg_relation_filenode('public.activities')";
    String before = database.value(files);
    Migrations.of(database.source()).migrate();
    assertThat(database.value(files)).isEqualTo(before);
  }

  /** Why V2 and V3 rely on the zone of their transaction. */
  @Test
  void wouldRewriteTheTableIfTheNewTypeNamedItsZone() {
    Postgres database = HandMade.ORIGINAL.withRows();
    String file = "SELECT pg_relation_filenode('public.users')";
    String before = database.value(file);
    database.run(
        "SET TimeZone = 'UTC'; ALTER TABLE public.users ALTER COLUMN created_at TYPE timestamptz"
            + " USING created_at AT TIME ZONE 'UTC'");
    assertThat(database.value(file)).isNotEqualTo(before);
  }

  @Test
  void saysWhichCountersItCannotCheck() {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(
        "UPDATE public.activities SET replies_count = 3 WHERE uuid = '%s'"
            .formatted(HandMade.POST));
    assertThat(logOf(() -> Migrations.of(database.source()).migrate()))
        .contains(
            "1 activities have a replies_count that cannot be checked",
            "Migrations.fixes().recount()");
    assertThat(database.number("SELECT max(replies_count) FROM public.activities")).isEqualTo(3);

    assertThat(Migrations.of(database.source()).fixes().recount())
        .hasToString("RECOUNT: 1 activities with a replies_count put right");
    assertThat(database.number("SELECT max(replies_count) FROM public.activities")).isZero();
  }

  @Test
  void saysWhichCountersAreWrong() {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    assertThat(logOf(() -> Migrations.of(database.copy().source()).migrate()))
        .doesNotContain("replies_count");
    database.run(
        "UPDATE public.activities SET replies_count = 3 WHERE uuid = '%s'"
            .formatted(HandMade.POST));
    assertThat(logOf(() -> Migrations.of(database.source()).migrate()))
        .contains(
            "1 activities have a replies_count that is not the number of their replies",
            "Migrations.fixes().recount()");
  }

  private static String logOf(Runnable work) {
    PrintStream console = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(console);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void measuresHandlesInLowerCaseAsTheIndexDoes() {
    // Two bytes each, and three in lower case.
    Postgres database = Postgres.withLocale("C.UTF-8", HandMade.ORIGINAL.statements());
    database.run(
        "INSERT INTO users (uuid, display_name, handle, cognito_user_id) VALUES ('%s', 'x', repeat('\u023a', 1299), 'MOCK')"
            .formatted(HandMade.ANDREW));
    assertThat(database.number("SELECT octet_length(lower(handle)) FROM users")).isEqualTo(3897);

    assertThat(Migrations.of(database.source()).plan().differences())
        .singleElement()
        .asString()
        .contains("a handle of over 2600 bytes (such as " + HandMade.ANDREW);
  }

  @Test
  void refusesValuesThatNoIndexCanHold() {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(
        """
        UPDATE users SET handle = repeat('a', 2601) WHERE uuid = '%s';
        UPDATE users SET cognito_user_id = repeat('b', 2601) WHERE uuid = '%s';
        UPDATE activities SET message = (SELECT string_agg(md5(i::text), ' ') FROM generate_series(1, 40000) i)
          WHERE uuid = '%s'"""
            .formatted(HandMade.ANDREW, HandMade.BAYKO, HandMade.POST));
    List<String> before = database.schema();
    Migrations migrations = Migrations.of(database.source());

    assertThatThrownBy(migrations::migrate)
        .hasMessageContaining("Nothing was changed")
        .hasMessageContaining("a handle of over 2600 bytes (such as " + HandMade.ANDREW)
        .hasMessageContaining("a cognito_user_id of over 2600 bytes (such as " + HandMade.BAYKO)
        .hasMessageContaining("too long for the search (such as " + HandMade.POST);

    assertThat(database.schema()).isEqualTo(before);
    assertThat(migrations.plan().differences()).hasSize(3);
    database.run(
        "UPDATE users SET handle = left(handle, 9), cognito_user_id = left(cognito_user_id, 9);"
            + " UPDATE activities SET message = repeat(message || ' ', 1)");
    database.run("UPDATE activities SET message = left(message, 280)");
    assertThat(migrations.migrate().schemaVersion()).isEqualTo("29");
  }

  @Test
  void refusesAPublicationOfSomeColumns() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    String publication = "CREATE PUBLICATION mine FOR TABLE users (uuid, created_at)";
    if (database.number("SELECT current_setting('server_version_num')") < 150_000) {
      // 14 has none, so there is nothing to refuse.
      assertThatThrownBy(() -> database.run(publication)).hasMessageContaining("syntax error");
      return;
    }
    database.run(publication);
    assertThat(Migrations.of(database.source()).plan().differences())
        .containsExactly("publication of table public.users in publication mine depends on users");
  }

  @Test
  void doesNotDropAnIndexOfAnotherTableAtALaterVersion() {
    Postgres database = Postgres.empty();
    Migrations migrations = Migrations.of(database.source());
    migrations.migrate();
    database.run(
        """
        DELETE FROM flyway_schema_history WHERE version::int > 27;
        UPDATE flyway_schema_history SET success = false WHERE version = '24';
        DROP INDEX activities_search_idx;
        CREATE TABLE other (id int);
        CREATE INDEX activities_search_idx ON other (id)""");
    database.run("DELETE FROM flyway_schema_history WHERE version::int > 24");
    database.run(
        "DROP TABLE environment; DROP FUNCTION activities_count_added_reply, activities_count_moved_reply,"
            + " activities_count_deleted_replies, activities_refuse_replies_count CASCADE");

    assertThatThrownBy(migrations::migrate)
        .hasMessageContaining(
            "index public.activities_search_idx has a name that V24 search_index needs")
        .hasMessageContaining("Nothing was changed");

    assertThat(
            database.value(
                "SELECT indrelid::regclass FROM pg_index"
                    + " WHERE indexrelid = 'activities_search_idx'::regclass"))
        .isEqualTo("other");
    assertThat(database.number("SELECT count(*) FROM flyway_schema_history WHERE NOT success"))
        .isEqualTo(1);
  }

  @Test
  void refusesADatabaseOfAnotherApplication() {
    Postgres database = Postgres.with("CREATE TABLE public.invoices (id int)");
    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .hasMessageContaining("schema public holds invoices, and neither users nor activities");
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }
}
