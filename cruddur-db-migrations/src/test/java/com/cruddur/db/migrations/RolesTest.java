package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {

  private static final Map<String, Connection> SESSIONS = new HashMap<>();

  private static Postgres database;

  @BeforeAll
  static void makeRoles() {
    database = HandMade.OLD_MIGRATION_SCRIPT.withRows();
    Migrations.of(database.source()).migrate();
    Migrations.of(database.source()).roles();
    for (String role : new String[] {"owner", "app", "readonly"}) {
      database.run(
          """
          DO $$ BEGIN
            CREATE ROLE test_%1$s LOGIN; GRANT cruddur_%1$s TO test_%1$s;
          EXCEPTION WHEN duplicate_object THEN NULL;
          END $$"""
              .formatted(role));
    }
    database.run(
        "DO $$ BEGIN CREATE ROLE test_nobody LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  }

  @AfterAll
  static void closeSessions() throws SQLException {
    for (Connection session : SESSIONS.values()) {
      session.close();
    }
  }

  /** Each statement, and what the owner, the app, the reader and anybody else get for it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM public.users                                     | yes | yes | yes | no
          SELECT * FROM public.activities                                | yes | yes | yes | no
          SELECT * FROM public.environment                               | yes | yes | yes | no
          SELECT * FROM public.flyway_schema_history                     | yes | yes | yes | no
          SELECT * FROM public.schema_information                        | no  | no  | no  | no
          INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('x', 'x', 'MOCK') | yes | yes | no | no
          UPDATE public.users SET bio = 'x'                              | yes | yes | no  | no
          DELETE FROM public.users WHERE handle = 'user1000'             | yes | yes | no  | no
          INSERT INTO public.activities (user_uuid, message) SELECT uuid, 'x' FROM public.users LIMIT 1 | yes | yes | no | no
          INSERT INTO public.activities (user_uuid, message, reply_to_activity_uuid) SELECT user_uuid, 'x', uuid FROM public.activities LIMIT 1 | yes | yes | no | no
          UPDATE public.activities SET likes_count = 1                   | yes | yes | no  | no
          DELETE FROM public.activities                                  | yes | yes | no  | no
          TRUNCATE public.activities                                     | yes | no  | no  | no
          INSERT INTO public.environment (name) VALUES ('dev')           | yes | no  | no  | no
          DELETE FROM public.environment                                 | yes | no  | no  | no
          UPDATE public.flyway_schema_history SET success = false        | yes | no  | no  | no
          CREATE TABLE public.mine (id int)                              | yes | no  | no  | no
          CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1' | yes | no | no | no
          ALTER TABLE public.users ADD COLUMN mine int                   | yes | no  | no  | no
          ALTER TABLE public.activities DISABLE TRIGGER USER             | yes | no  | no  | no
          CREATE INDEX mine ON public.users (bio)                        | yes | no  | no  | no
          DROP TABLE public.environment                                  | yes | no  | no  | no
          COMMENT ON TABLE public.users IS 'mine'                        | yes | no  | no  | no
          CREATE TRIGGER mine BEFORE INSERT ON public.users EXECUTE FUNCTION public.activities_count_added_reply() | yes | no | no | no
          CREATE SCHEMA mine                                             | no  | no  | no  | no
          CREATE ROLE mine                                               | no  | no  | no  | no
          CREATE TEMP TABLE mine (id int)                                | yes | no  | no  | no
          CREATE TEMP VIEW mine AS SELECT 1                              | yes | no  | no  | no
          SELECT 1 AS id INTO TEMP mine                                  | yes | no  | no  | no
          CREATE VIEW public.mine AS SELECT 1                            | yes | no  | no  | no
          CREATE TABLE public.mine (LIKE public.users)                   | yes | no  | no  | no
          CREATE TABLE public.mine (id uuid REFERENCES public.users)     | yes | no  | no  | no
          CREATE SEQUENCE public.mine                                    | yes | no  | no  | no
          CREATE TYPE public.mine AS ENUM ('x')                          | yes | no  | no  | no
          CREATE EXTENSION pgcrypto                                      | no  | no  | no  | no
          CREATE PUBLICATION mine FOR TABLE public.users                 | no  | no  | no  | no
          CREATE RULE mine AS ON DELETE TO public.users DO INSTEAD NOTHING | yes | no | no | no
          CREATE POLICY mine ON public.users USING (false)               | yes | no  | no  | no
          ALTER TABLE public.users ENABLE ROW LEVEL SECURITY             | yes | no  | no  | no
          ALTER TABLE public.users OWNER TO CURRENT_USER                 | yes | no  | no  | no
          ALTER TABLE public.users RENAME TO mine                        | yes | no  | no  | no
          ALTER TABLE public.activities DROP CONSTRAINT activities_user_uuid_fkey | yes | no | no | no
          ALTER FUNCTION public.activities_refuse_replies_count() RESET ALL | yes | no | no | no
          ALTER DATABASE template1 SET lock_timeout = 0                  | no  | no  | no  | no
          ALTER ROLE cruddur_app SET search_path = mine                  | no  | no  | no  | no
          DROP INDEX public.users_handle_key                             | yes | no  | no  | no
          DROP TRIGGER activities_count_added_reply ON public.activities | yes | no  | no  | no
          DROP FUNCTION public.activities_count_added_reply() CASCADE    | yes | no  | no  | no
          DROP SCHEMA public CASCADE                                     | no  | no  | no  | no
          REINDEX TABLE public.users                                     | yes | no  | no  | no
          TRUNCATE public.users CASCADE                                  | yes | no  | no  | no
          TRUNCATE public.environment                                    | yes | no  | no  | no
          INSERT INTO public.flyway_schema_history SELECT * FROM public.flyway_schema_history WHERE false | yes | no | no | no
          DELETE FROM public.flyway_schema_history                       | yes | no  | no  | no
          UPDATE public.environment SET name = 'dev'                     | yes | no  | no  | no
          SELECT name FROM public.environment FOR UPDATE                 | yes | no  | no  | no
          LOCK TABLE public.environment IN SHARE MODE                    | yes | no  | no  | no
          LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE               | yes | yes | no  | no
          GRANT SELECT ON public.users TO test_nobody                    | yes | no  | no  | no
          GRANT DELETE ON public.flyway_schema_history TO CURRENT_USER   | yes | no  | no  | no
          GRANT cruddur_owner TO CURRENT_USER                            | no  | no  | no  | no
          SET ROLE cruddur_owner                                         | yes | no  | no  | no
          SET ROLE postgres                                              | no  | no  | no  | no
          SET SESSION AUTHORIZATION postgres                             | no  | no  | no  | no
          SET session_replication_role = replica                         | no  | no  | no  | no
          COPY public.users TO PROGRAM 'true'                            | no  | no  | no  | no
          COPY (SELECT 1) TO '/tmp/mine'                                 | no  | no  | no  | no
          COPY public.users FROM PROGRAM 'true'                          | no  | no  | no  | no
          SELECT pg_read_file('PG_VERSION')                              | no  | no  | no  | no
          SELECT pg_ls_dir('.')                                          | no  | no  | no  | no
          SELECT * FROM pg_authid                                        | no  | no  | no  | no
          SELECT lo_create(0)                                            | no  | no  | no  | no
          SELECT lo_creat(0)                                             | no  | no  | no  | no
          SELECT lo_from_bytea(0, 'x')                                   | no  | no  | no  | no
          SELECT lo_import('/etc/hostname')                              | no  | no  | no  | no
          """)
  void haveTheRightsOfTheirTask(
      String statement, String owner, String app, String readonly, String nobody) {
    assertThat(outcome("test_owner", statement)).as("owner").isEqualTo(owner);
    assertThat(outcome("test_app", statement)).as("app").isEqualTo(app);
    assertThat(outcome("test_readonly", statement)).as("readonly").isEqualTo(readonly);
    assertThat(outcome("test_nobody", statement)).as("nobody").isEqualTo(nobody);
  }

  private static String outcome(String user, String text) {
    try (Statement statement =
        SESSIONS.computeIfAbsent(user, RolesTest::connect).createStatement()) {
      try {
        statement.execute(text);
        // GRANT answers so, and does nothing, where the user has the right and may not pass it on.
        SQLWarning warning = statement.getWarnings();
        return warning != null && warning.getSQLState().equals("01007") ? "no" : "yes";
      } catch (SQLException refusal) {
        return refusal.getSQLState().equals("42501") ? "no" : refusal.getMessage();
      } finally {
        statement.getConnection().rollback();
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Connection connect(String user) {
    try {
      Connection connection = database.as(user).getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void areCreatedOnce() {
    assertThat(Migrations.of(database.source()).roles()).isEmpty();
  }

  @Test
  void letAMemberOfTheOwnerMigrate() {
    Postgres fresh = Postgres.empty();
    fresh.run("GRANT CREATE ON DATABASE " + fresh.name() + " TO cruddur_owner");
    Migrations.of(fresh.source()).roles();
    fresh.run("GRANT CREATE, USAGE ON SCHEMA public TO cruddur_owner");
    fresh.run("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"");

    Migrations.of(fresh.as("test_owner")).migrate();

    assertThat(fresh.schema()).isEqualTo(Postgres.migrated().schema());
    assertThat(
            fresh.list(
                "SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("cruddur_owner");
  }

  @Test
  void letTheAppValidateAndReadTheState() {
    Migrations asApp = Migrations.of(database.as("test_app"));
    assertThat(asApp.validate().problems()).isEmpty();
    assertThat(asApp.info().schemaVersion()).isEqualTo("29");
  }

  @Test
  void haveTheirRightsPutRightByEveryRun() {
    Postgres copy = Postgres.empty();
    Migrations.of(copy.source()).migrate();
    copy.run(
        "REVOKE SELECT ON public.users FROM cruddur_app; GRANT INSERT ON public.users TO cruddur_readonly");
    Migrations.of(copy.source()).migrate();
    assertThat(
            copy.value(
                "SELECT has_table_privilege('cruddur_app', 'public.users', 'SELECT')"
                    + " AND NOT has_table_privilege('cruddur_readonly', 'public.users', 'INSERT')"))
        .isEqualTo("t");
  }

  @Test
  void refuseWithTheRemedyWhoeverMayNotMigrate() {
    Postgres handMade = HandMade.ORIGINAL.withRows();
    handMade.run("GRANT SELECT ON public.users, public.activities TO cruddur_readonly");
    assertThatThrownBy(() -> Migrations.of(handMade.as("test_readonly")).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageStartingWith(
            "Table users belongs to postgres, and you are connected as test_readonly, who may not change it. Nothing was changed.");
    assertThat(handMade.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }

  @Test
  void keepTheServiceThatOwnedTheTablesAtWork() {
    database.run(
        "DO $$ BEGIN CREATE ROLE test_service LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
            + " REVOKE cruddur_owner FROM test_service");
    Postgres served = Postgres.empty();
    Migrations.of(served.source()).migrate();
    served.run(
        "ALTER TABLE public.users OWNER TO test_service; ALTER TABLE public.activities OWNER TO test_service;"
            + " GRANT SELECT ON public.users TO PUBLIC");

    assertThat(Migrations.of(served.source()).roles())
        .containsExactly("cruddur_owner granted to test_service, who owned tables");

    assertThatCode(
            () -> Postgres.run(served.as("test_service"), "UPDATE public.users SET bio = 'x'"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Postgres.run(served.as("test_nobody"), "SELECT * FROM public.users"))
        .hasMessageContaining("permission denied");
    assertThat(Migrations.of(served.source()).roles()).isEmpty();
  }

  @Test
  void leaveRoutinesOfOthersAloneWhateverTheirNames() {
    Postgres copy = Postgres.migrated();
    copy.run(
        """
        CREATE PROCEDURE public.activities_cleanup() LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION public.activities_report() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
        CREATE FUNCTION public.activities_count_added_reply(int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'""");

    Migrations.of(copy.source()).roles();
    Migrations.of(copy.source()).migrate();

    assertThat(
            copy.list(
                "SELECT proname || pronargs FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
                    + " AND proowner = 'cruddur_owner'::regrole ORDER BY 1"))
        .containsExactly(
            "activities_count_added_reply0",
            "activities_count_deleted_replies0",
            "activities_count_moved_reply0",
            "activities_refuse_replies_count0");
  }
}
