package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDifferencesTest {

  private static final Postgres SHARED = Postgres.migrated();

  @Test
  void nameWhateverWasDropped() throws SQLException {
    assertThat(differencesAfter("SELECT 1")).isEmpty();
    for (NewestSchema.Line line : NewestSchema.lines()) {
      SchemaObject object = line.object();
      assertThat(differencesAfter(drop(object)))
          .as(line.toString())
          .anySatisfy(
              problem ->
                  assertThat(problem)
                      .containsIgnoringCase(object.kind() + " ")
                      .contains(object.name() + ", which V" + line.version() + " ")
                      .contains("is missing: ")
                      .endsWith("."));
    }
  }

  /** In a transaction that is rolled back. */
  private static List<String> differencesAfter(String change) throws SQLException {
    try (Connection connection = SHARED.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(change);
      statement.execute("SET search_path = pg_catalog");
      List<String> differences = SchemaDifferences.in(new Sql(connection));
      connection.rollback();
      return differences;
    }
  }

  private static String drop(SchemaObject object) {
    return switch (object.kind()) {
      case "table" -> "DROP TABLE public." + object.name() + " CASCADE";
      case "column" ->
          "ALTER TABLE public.%s DROP COLUMN %s CASCADE"
              .formatted(object.table(), object.ownName());
      case "primary key" ->
          "ALTER TABLE public.%1$s DROP CONSTRAINT %1$s_pkey CASCADE".formatted(object.name());
      case "constraint" ->
          "ALTER TABLE public.%s DROP CONSTRAINT %s".formatted(object.table(), object.ownName());
      case "index" -> "DROP INDEX public." + object.name();
      case "trigger" -> "DROP TRIGGER %s ON public.%s".formatted(object.ownName(), object.table());
      default -> "DROP FUNCTION public." + object.name() + " CASCADE";
    };
  }

  @Test
  void areMendedByTheSqlThatTheyName() throws SQLException {
    Postgres database = Postgres.migrated();
    for (NewestSchema.Line line : NewestSchema.lines()) {
      if (List.of("constraint", "index", "trigger", "function").contains(line.object().kind())) {
        database.run(drop(line.object()));
        assertThat(differences(database)).isNotEmpty();
        runRemedies(database);
        assertThat(differences(database)).isEmpty();
      } else {
        // Data: no line of SQL brings it back.
        assertThat(Remedy.ofMissing(line, Optional.empty()))
            .matches(".*(restore|from a backup|ADD PRIMARY KEY).*");
      }
    }
    assertThat(withoutComments(database)).isEqualTo(withoutComments(Postgres.migrated()));
  }

  private static List<String> withoutComments(Postgres database) {
    database.run(
        "DO $$ DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE proname LIKE 'activities%'"
            + " LOOP EXECUTE format('COMMENT ON FUNCTION %s IS %L', f, 'x'); END LOOP; END $$");
    return database.schema();
  }

  @Test
  void areInAnOrderInWhichTheirSqlCanBeRun() throws SQLException {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    Migrations.of(database.source()).migrate();
    List<String> content = HandMade.contentOf(database);
    database.run(
        """
        ALTER TABLE activities DROP CONSTRAINT activities_pkey CASCADE;
        ALTER TABLE users DROP CONSTRAINT users_pkey CASCADE;
        DROP FUNCTION activities_count_added_reply() CASCADE;
        DROP INDEX users_handle_key""");
    runRemedies(database);
    assertThat(differences(database)).isEmpty();
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
  }

  @Test
  void sayHowToFillAColumnThatMayNotBeEmpty() throws SQLException {
    assertThat(differencesAfter("ALTER TABLE users DROP COLUMN display_name"))
        .containsExactly(
            "Column users.display_name, which V12 user_values_not_null made, is missing: ALTER TABLE public.users"
                + " ADD COLUMN display_name text; then fill it from a backup, and ALTER TABLE public.users"
                + " ALTER COLUMN display_name SET NOT NULL.");
    assertThat(differencesAfter("ALTER TABLE activities DROP COLUMN likes_count"))
        .anySatisfy(
            found ->
                assertThat(found).contains("ADD COLUMN likes_count integer DEFAULT 0 NOT NULL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE users RENAME COLUMN display_name TO full_name | if users.full_name is what it was, ALTER TABLE public.users RENAME COLUMN full_name TO display_name
          ALTER TABLE users RENAME TO people | if people is what it was, ALTER TABLE public.people RENAME TO users
          """)
  void doNotTakeWhatWasRenamedForLost(String change, String remedy) throws SQLException {
    assertThat(differencesAfter(change))
        .singleElement()
        .asString()
        .contains(remedy)
        .doesNotContain("lost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER INDEX users_handle_key RENAME TO "My handles" | Index users_handle_key, which V9 handles_unique made, was renamed to My handles: ALTER INDEX public."My handles" RENAME TO users_handle_key.
          ALTER TABLE activities RENAME CONSTRAINT activities_user_uuid_fkey TO mine | ALTER TABLE public.activities RENAME CONSTRAINT mine TO activities_user_uuid_fkey.
          ALTER TRIGGER activities_count_added_reply ON activities RENAME TO mine | ALTER TRIGGER mine ON public.activities RENAME TO activities_count_added_reply.
          ALTER FUNCTION activities_refuse_replies_count() RENAME TO "mine too" | was renamed to mine too(): ALTER FUNCTION public."mine too"() RENAME TO activities_refuse_replies_count.
          """)
  void sayWhatWasRenamedWhereItsDefinitionIsTheSame(String change, String problem)
      throws SQLException {
    Postgres database = Postgres.migrated();
    database.run(change);
    assertThat(differences(database)).singleElement().asString().endsWith(problem);
    runRemedies(database);
    assertThat(differences(database)).isEmpty();
  }

  @Test
  void sayNotThatAnotherDefinitionWasRenamed() throws SQLException {
    assertThat(
            differencesAfter(
                "DROP INDEX users_handle_key; CREATE INDEX mine ON users (lower(handle))"))
        .singleElement()
        .asString()
        .contains("is missing: CREATE UNIQUE INDEX");
  }

  @Test
  void nameTheSchemaOfTheExtension() throws SQLException {
    String change =
        "CREATE SCHEMA \"my extensions\"; ALTER EXTENSION \"uuid-ossp\" SET SCHEMA \"my extensions\";"
            + " ALTER TABLE users ALTER COLUMN uuid DROP DEFAULT";
    Postgres database = Postgres.migrated();
    database.run(change);
    assertThat(differences(database))
        .singleElement()
        .asString()
        .endsWith("ALTER COLUMN uuid SET DEFAULT \"my extensions\".uuid_generate_v4().");
    runRemedies(database);
    assertThat(differences(database)).isEmpty();

    database.run("DROP EXTENSION \"uuid-ossp\" CASCADE");
    assertThat(differences(database)).hasSize(3);
    runRemedies(database);
    assertThat(differences(database)).isEmpty();
  }

  /** 14 to 17 have no such constraint. */
  @Test
  void tellNotNullThatIsNotValid() throws SQLException {
    Postgres database = Postgres.migrated();
    String change =
        "ALTER TABLE users ALTER handle DROP NOT NULL; ALTER TABLE users ADD CONSTRAINT mine NOT NULL handle NOT VALID";
    if (database.number("SELECT current_setting('server_version_num')") < 180_000) {
      assertThatThrownBy(() -> database.run(change)).hasMessageContaining("syntax error");
      return;
    }
    database.run(change);
    assertThat(differences(database))
        .singleElement()
        .asString()
        .endsWith("ALTER TABLE public.users VALIDATE CONSTRAINT mine.");
    runRemedies(database);
    assertThat(differences(database)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE users ALTER COLUMN handle DROP NOT NULL | ALTER COLUMN handle SET NOT NULL
          ALTER TABLE users ALTER COLUMN email SET NOT NULL | ALTER COLUMN email DROP NOT NULL
          ALTER TABLE users ALTER COLUMN created_at DROP DEFAULT | ALTER COLUMN created_at SET DEFAULT CURRENT_TIMESTAMP
          ALTER TABLE users ALTER COLUMN bio SET DEFAULT 'none' | ALTER COLUMN bio DROP DEFAULT
          ALTER TABLE activities ALTER COLUMN likes_count DROP DEFAULT, ALTER COLUMN likes_count DROP NOT NULL | SET DEFAULT 0, ALTER COLUMN likes_count SET NOT NULL
          ALTER TABLE activities SET UNLOGGED | ALTER TABLE public.activities SET LOGGED
          ALTER TABLE users ENABLE ROW LEVEL SECURITY | DISABLE ROW LEVEL SECURITY
          ALTER TABLE activities DISABLE TRIGGER activities_count_added_reply | ENABLE TRIGGER activities_count_added_reply
          ALTER TABLE activities DISABLE TRIGGER ALL; ALTER TABLE activities ENABLE TRIGGER USER | ADD CONSTRAINT activities_user_uuid_fkey
          ALTER TABLE activities DROP CONSTRAINT activities_user_uuid_fkey, ADD CONSTRAINT activities_user_uuid_fkey FOREIGN KEY (user_uuid) REFERENCES users ON DELETE CASCADE | DROP CONSTRAINT activities_user_uuid_fkey
          ALTER TABLE activities DROP CONSTRAINT activities_reply_not_to_itself, ADD CONSTRAINT activities_reply_not_to_itself CHECK (reply_to_activity_uuid <> uuid) NOT VALID | VALIDATE CONSTRAINT activities_reply_not_to_itself
          DROP INDEX users_handle_key; CREATE INDEX users_handle_key ON users (lower(handle)) | DROP INDEX CONCURRENTLY public.users_handle_key; CREATE UNIQUE INDEX CONCURRENTLY users_handle_key
          DROP TRIGGER activities_count_added_reply ON activities; CREATE TRIGGER activities_count_added_reply AFTER INSERT ON activities EXECUTE FUNCTION activities_count_added_reply() | DROP TRIGGER activities_count_added_reply ON public.activities; CREATE TRIGGER
          """)
  void nameWhatWasChangedAndAreMendedByTheirSql(String change, String remedy) throws SQLException {
    Postgres database = Postgres.migrated();
    database.run(change);
    assertThat(problems(database))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem).doesNotContain("\n").contains(" not as V"))
        .anySatisfy(problem -> assertThat(problem).contains(remedy));
    runRemedies(database);
    assertThat(differences(database)).isEmpty();
  }

  private static void runRemedies(Postgres database) throws SQLException {
    for (String problem : differences(database)) {
      String sql = problem.replaceFirst("^.*?: (?=ALTER|CREATE|DROP)", "");
      for (String statement :
          sql.substring(0, sql.length() - 1).split("; (?=ALTER|CREATE|DROP|REVOKE)")) {
        database.run(statement);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER TABLE activities ALTER COLUMN message TYPE varchar(280) | Column activities.message is not as V1 original_schema made it, but character varying(280) NOT NULL: give it the type text again, by a migration of your own.
          CREATE OR REPLACE FUNCTION activities_count_added_reply() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN NULL; END' | REVOKE EXECUTE ON FUNCTION public.activities_count_added_reply() FROM PUBLIC.
          ALTER FUNCTION activities_count_added_reply() RESET search_path | REVOKE EXECUTE ON FUNCTION public.activities_count_added_reply() FROM PUBLIC.
          ALTER TABLE users ADD COLUMN "My karma" int NOT NULL | ALTER TABLE public.users ALTER COLUMN "My karma" DROP NOT NULL.
          ALTER TABLE users ADD COLUMN karma int NOT NULL | Column users.karma is not of these migrations, and no row can be inserted without it: ALTER TABLE public.users ALTER COLUMN karma DROP NOT NULL.
          """)
  void sayWhatOnlyAPersonCanMend(String change, String problem) throws SQLException {
    assertThat(differencesAfter(change)).anySatisfy(found -> assertThat(found).endsWith(problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE followers (u uuid REFERENCES users); CREATE VIEW feed AS SELECT * FROM activities",
        "CREATE INDEX mine ON users (bio); CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE users ADD COLUMN karma int, ADD COLUMN rank int NOT NULL DEFAULT 0, ADD COLUMN no int NOT NULL GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE users ADD CONSTRAINT mine CHECK (handle <> 'admin')",
        "COMMENT ON COLUMN users.bio IS 'mine'",
        "ALTER INDEX users_handle_key SET (fillfactor = 70); ALTER TABLE users SET (fillfactor = 70)",
        "ALTER TABLE users RENAME CONSTRAINT users_pkey TO users_pk",
        "ALTER TABLE users ALTER COLUMN created_at SET DEFAULT now()",
        "ALTER TABLE activities ENABLE ALWAYS TRIGGER activities_count_added_reply; ALTER TABLE activities DISABLE TRIGGER activities_count_added_reply; ALTER TABLE activities ENABLE TRIGGER activities_count_added_reply",
        "ALTER EXTENSION \"uuid-ossp\" SET SCHEMA pg_catalog",
        "CREATE SCHEMA extensions; ALTER EXTENSION \"uuid-ossp\" SET SCHEMA extensions"
      })
  void leaveTheUsersOwnThingsAlone(String change) throws SQLException {
    assertThat(differencesAfter(change)).isEmpty();
  }

  @Test
  void areNotLookedForBeforeTheNewestVersion() {
    Postgres database = Postgres.migrated();
    database.run(
        "DROP INDEX activities_expiry_idx; DELETE FROM flyway_schema_history WHERE version = '29'");
    assertThat(problems(database)).singleElement().asString().contains("pending");
  }

  @Test
  void compareNamesAloneOnAnUnknownMajor() throws SQLException {
    Postgres database = Postgres.migrated();
    database.run(
        "ALTER TABLE users ALTER COLUMN bio SET DEFAULT 'x'; DROP INDEX activities_expiry_idx");
    try (MigrationSession session = MigrationSession.open(database.source())) {
      List<SchemaObject> found = Catalog.of(session.sql());
      assertThat(SchemaDifferences.between(NewestSchema.lines(), found, true)).hasSize(2);
      assertThat(SchemaDifferences.between(NewestSchema.lines(), found, false))
          .singleElement()
          .asString()
          .startsWith("Index activities_expiry_idx, which V23 expiry_index made, is missing");
    }
  }

  /** Without Flyway's part, which takes most of the time. */
  private static List<String> differences(Postgres database) throws SQLException {
    try (MigrationSession session = MigrationSession.open(database.source())) {
      return SchemaDifferences.in(session.sql());
    }
  }

  private static List<String> problems(Postgres database) {
    return Migrations.of(database.source()).validate().problems();
  }
}
