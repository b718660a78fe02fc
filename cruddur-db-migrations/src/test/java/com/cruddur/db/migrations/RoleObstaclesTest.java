package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoleObstaclesTest {

  private static final String OWNERS =
      "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'";

  @BeforeAll
  static void makeUsers() {
    Postgres database = Postgres.migrated();
    Migrations.of(database.source()).roles();
    for (String statement :
        new String[] {
          "CREATE ROLE plain LOGIN",
          "CREATE ROLE old_service LOGIN",
          "CREATE ROLE member LOGIN IN ROLE cruddur_owner",
          "CREATE ROLE member_of_both LOGIN IN ROLE cruddur_owner, old_service"
        }) {
      database.run(statement);
    }
  }

  /** The tables belong to a service that is no member of cruddur_owner. */
  private static Postgres served() {
    Postgres database = Postgres.migrated();
    database.run("GRANT USAGE, CREATE ON SCHEMA public TO cruddur_owner");
    handOver(database, "old_service");
    return database;
  }

  private static void handOver(Postgres database, String owner) {
    for (String table : List.of("users", "activities", "environment", "flyway_schema_history")) {
      database.run("ALTER TABLE public." + table + " OWNER TO " + owner);
    }
    for (String function :
        database.list(
            "SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'activities\\_%'")) {
      database.run("ALTER FUNCTION " + function + " OWNER TO " + owner);
    }
  }

  private static void assertRefused(Postgres database, String user, String obstacle) {
    List<String> before = rightsIn(database);
    assertThatThrownBy(() -> Migrations.of(database.as(user)).roles())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "The roles cannot be given their rights by this user: "
                + obstacle
                + ". Nothing was changed. Resolve this, and call roles() again.");
    assertThat(rightsIn(database)).isEqualTo(before);
  }

  private static List<String> rightsIn(Postgres database) {
    return database.list(
        """
        SELECT format('%s %s %s', relname, relowner::regrole, relacl) FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT format('%s %s', nspname, nspacl) FROM pg_namespace
        UNION ALL SELECT format('%s %s', datname, datacl) FROM pg_database WHERE datname = current_database()
        UNION ALL SELECT format('%s in %s', member::regrole, roleid::regrole) FROM pg_auth_members ORDER BY 1""");
  }

  @Test
  void stopWhoeverIsNoMemberOfTheOwner() {
    Postgres database = Postgres.empty();
    assertRefused(
        database,
        "plain",
        "plain is no member of cruddur_owner (as a superuser, GRANT cruddur_owner TO plain)");
  }

  @Test
  void stopWhoeverHasNotTheRightsOfTheTables() {
    assertThatThrownBy(() -> Migrations.of(served().as("member")).roles())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(
            "table users belongs to old_service, and member has not the rights of it"
                + " (call roles() as old_service or a superuser)");
  }

  @Test
  void stopAHandOverThatWouldLockTheServiceOut() {
    Postgres database = served();
    assertRefused(
        database,
        "member_of_both",
        "old_service owns tables, would lose them to cruddur_owner, and member_of_both may not make it a member"
            + " (as a superuser, GRANT cruddur_owner TO old_service)");
    // Nor does a run of the migrations take its tables away.
    Migrations.of(database.as("member_of_both")).migrate();
    assertThat(database.list(OWNERS)).containsExactly("old_service");
    assertThatCode(
            () -> Postgres.run(database.as("old_service"), "UPDATE public.users SET bio = 'x'"))
        .doesNotThrowAnyException();
  }

  @Test
  void stopAHandOverIntoAClosedSchema() {
    Postgres database = served();
    database.run("REVOKE CREATE ON SCHEMA public FROM cruddur_owner");
    handOver(database, "member");
    assertRefused(
        database,
        "member",
        "cruddur_owner cannot own tables in schema public without CREATE, and member does not own the schema"
            + " (as its owner, GRANT USAGE, CREATE ON SCHEMA public TO cruddur_owner)");
    Migrations.of(database.as("member")).migrate();
    assertThat(database.list(OWNERS)).containsExactly("member");
    database.run("GRANT USAGE, CREATE ON SCHEMA public TO cruddur_owner");
    Migrations.of(database.as("member")).roles();
    assertThat(database.list(OWNERS)).containsExactly("cruddur_owner");
  }

  @Test
  void areNoneForACreatorOfRoles() throws IOException {
    try (EmbeddedPostgres server = serverWithoutRoles()) {
      DataSource superuser = server.getDatabase("postgres", "cruddur");
      Postgres.run(superuser, "CREATE ROLE plain LOGIN; CREATE ROLE creator LOGIN CREATEROLE");
      Postgres.run(superuser, "ALTER DATABASE cruddur OWNER TO creator");
      Postgres.run(
          superuser, "ALTER SCHEMA public OWNER TO creator; CREATE EXTENSION \"uuid-ossp\"");
      assertThatThrownBy(() -> Migrations.of(server.getDatabase("plain", "cruddur")).roles())
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining(
              "role cruddur_app does not exist, and plain may not create it"
                  + " (as a superuser, CREATE ROLE cruddur_app NOLOGIN)");

      Migrations asCreator = Migrations.of(server.getDatabase("creator", "cruddur"));
      asCreator.migrate();
      assertThat(asCreator.roles())
          .containsExactly("cruddur_owner", "cruddur_app", "cruddur_readonly");

      Postgres.run(superuser, "CREATE ROLE app LOGIN IN ROLE cruddur_app");
      DataSource app = server.getDatabase("app", "cruddur");
      Postgres.run(app, "UPDATE public.users SET bio = 'x'");
      assertThatThrownBy(() -> Postgres.run(app, "CREATE TEMP TABLE mine (id int)"))
          .hasMessageContaining("permission denied");
      // Large objects are a superuser's to close.
      assertThatCode(() -> Postgres.run(app, "SELECT lo_create(0)")).doesNotThrowAnyException();
      Migrations.of(superuser).roles();
      assertThatThrownBy(() -> Postgres.run(app, "SELECT lo_create(0)"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void letPublicKeepItsRightsOnlyWhereThereIsNoRole() throws IOException {
    try (EmbeddedPostgres server = serverWithoutRoles()) {
      DataSource superuser = server.getDatabase("postgres", "cruddur");
      Migrations.of(superuser).migrate();
      Postgres.run(superuser, "GRANT SELECT ON public.users TO PUBLIC; CREATE ROLE other LOGIN");
      Migrations.of(superuser).migrate();
      DataSource other = server.getDatabase("other", "cruddur");
      Postgres.run(other, "SELECT * FROM public.users; CREATE TEMP TABLE mine (id int)");

      Postgres.run(superuser, "CREATE ROLE cruddur_readonly");
      Migrations.of(superuser).migrate();
      for (String statement :
          List.of(
              "SELECT * FROM public.users",
              "CREATE TEMP TABLE mine (id int)",
              "SELECT lo_create(0)")) {
        assertThatThrownBy(() -> Postgres.run(other, statement))
            .hasMessageContaining("permission denied");
      }
    }
  }

  private static EmbeddedPostgres serverWithoutRoles() throws IOException {
    EmbeddedPostgres server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Postgres.run(server.getPostgresDatabase(), "CREATE DATABASE cruddur");
    return server;
  }
}
