package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a server of its own: roles belong to the whole server. */
class RightsTest {

  private static EmbeddedPostgres server;
  private static DataSource database;

  @BeforeAll
  static void makeDatabase() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    database = server.getPostgresDatabase();
    Migrations.of(database).migrate();
    Migrations.of(database).roles();
    Postgres.run(database, "CREATE ROLE other; CREATE ROLE another");
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ALTER ROLE cruddur_app SUPERUSER | Role cruddur_app may do more than its task needs: ALTER ROLE cruddur_app NOSUPERUSER.
          ALTER ROLE cruddur_readonly CREATEDB CREATEROLE REPLICATION BYPASSRLS | NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS.
          GRANT pg_write_all_data TO cruddur_readonly | Role cruddur_readonly has also the rights of pg_write_all_data: REVOKE pg_write_all_data FROM cruddur_readonly
          GRANT cruddur_owner TO cruddur_app | Role cruddur_app has also the rights of cruddur_owner: REVOKE cruddur_owner FROM cruddur_app
          """)
  void ofARoleStopRolesAndAreToldWithTheRemedy(String grant, String problem) {
    Postgres.run(database, grant);
    assertThat(problems()).singleElement().asString().contains(problem);
    assertThatThrownBy(() -> Migrations.of(database).roles())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("Nothing was changed.");
    mend();
    assertThat(Migrations.of(database).roles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GRANT INSERT ON users TO cruddur_readonly | Role cruddur_readonly may INSERT on table users: REVOKE INSERT ON public.users FROM cruddur_readonly.
          GRANT UPDATE (bio) ON users TO cruddur_readonly | Role cruddur_readonly may UPDATE (bio) on table users: REVOKE UPDATE (bio) ON public.users FROM cruddur_readonly.
          GRANT SELECT ON activities TO PUBLIC | Everybody may SELECT on table activities: REVOKE SELECT ON public.activities FROM PUBLIC.
          GRANT DELETE ON flyway_schema_history TO cruddur_app | Role cruddur_app may DELETE on table flyway_schema_history
          GRANT TRUNCATE ON users TO cruddur_app | Role cruddur_app may TRUNCATE on table users
          GRANT SELECT ON users TO cruddur_app WITH GRANT OPTION | Role cruddur_app may SELECT on table users, and grant it to others: REVOKE SELECT ON public.users FROM cruddur_app CASCADE.
          GRANT UPDATE ON environment TO other WITH GRANT OPTION; SET ROLE other; GRANT UPDATE ON environment TO cruddur_app | Role cruddur_app may UPDATE on table environment: SET ROLE other; REVOKE UPDATE ON public.environment FROM cruddur_app; RESET ROLE.
          GRANT TRIGGER, TRUNCATE ON activities TO other | Role other may TRIGGER on table activities: REVOKE TRIGGER ON public.activities FROM other.
          GRANT INSERT ON environment TO other | Role other may INSERT on table environment: REVOKE INSERT ON public.environment FROM other.
          GRANT UPDATE (success) ON flyway_schema_history TO other | Role other may UPDATE (success) on table flyway_schema_history
          GRANT TEMPORARY ON DATABASE postgres TO cruddur_app | Role cruddur_app may make temporary tables in database postgres: as its owner or a superuser, REVOKE TEMPORARY ON DATABASE postgres FROM cruddur_app.
          GRANT CREATE ON DATABASE postgres TO cruddur_app WITH GRANT OPTION | Role cruddur_app may create schemas in database postgres: as its owner or a superuser, REVOKE CREATE ON DATABASE postgres FROM cruddur_app CASCADE.
          ALTER ROLE cruddur_owner SUPERUSER CREATEDB LOGIN | Role cruddur_owner may do more than its task needs: ALTER ROLE cruddur_owner NOLOGIN NOSUPERUSER NOCREATEDB.
          ALTER ROLE cruddur_app LOGIN | Role cruddur_app may do more than its task needs: ALTER ROLE cruddur_app NOLOGIN.
          GRANT CREATE ON SCHEMA public TO other | Role other may create objects in schema public
          GRANT CREATE ON SCHEMA public TO other WITH GRANT OPTION; GRANT CREATE ON SCHEMA public TO cruddur_owner; SET ROLE other; GRANT CREATE ON SCHEMA public TO cruddur_app | SET ROLE other; REVOKE CREATE ON SCHEMA public FROM cruddur_app; RESET ROLE.
          """)
  void onTablesAndTheSchemaAreToldWithTheSqlThatTakesThemBack(String grant, String problem) {
    Postgres.run(database, grant);
    assertThat(problems()).anySatisfy(found -> assertThat(found).contains(problem));
    mend();
    // What the remedy of a table took, beside what was too much, a run gives back.
    Migrations.of(database).migrate();
    assertThat(problems()).isEmpty();
  }

  @Test
  void thatAnAdministratorGivesToOthersAreTheirs() {
    Postgres.run(
        database,
        "GRANT SELECT, INSERT, REFERENCES ON users TO another; GRANT cruddur_app TO another;"
            + " GRANT SELECT ON environment TO another; GRANT CREATE ON DATABASE postgres TO another");
    Postgres.run(database, "CREATE ROLE migrator IN ROLE cruddur_owner");
    Postgres.run(database, "GRANT CREATE ON SCHEMA public TO migrator");
    assertThat(problems()).isEmpty();
  }

  private static List<String> problems() {
    return Migrations.of(database).validate().problems();
  }

  private static void mend() {
    for (String problem : problems()) {
      String sql = problem.replaceFirst("^.*?(?=ALTER ROLE|SET ROLE|REVOKE)", "");
      Postgres.run(database, sql.substring(0, sql.length() - 1));
    }
    assertThat(problems()).isEmpty();
  }
}
