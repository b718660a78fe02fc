package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingRightsTest {

  private static final Pattern REMEDY = Pattern.compile("(?:, |\\()((?:GRANT|ALTER) [^()]*)\\)");

  @BeforeAll
  static void makeUsers() {
    Postgres.empty().run("CREATE ROLE \"table owner\" LOGIN; CREATE ROLE table_member LOGIN");
    Postgres.empty().run("GRANT \"table owner\" TO table_member");
    Postgres database = Postgres.empty();
    database.run("ALTER DATABASE " + database.name() + " SET allow_in_place_tablespaces = on");
    database.run("CREATE TABLESPACE fast LOCATION ''");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          REVOKE REFERENCES ON users FROM "table owner" | table owner has no right to REFERENCES on table users, which V17 activities_refer_to_users needs
          REVOKE REFERENCES ON activities FROM "table owner" | table owner has no right to REFERENCES on table activities, which V20 replies_refer_to_activities needs
          REVOKE TRIGGER ON activities FROM "table owner" | table owner has no right to TRIGGER on table activities, which V25 replies_are_counted needs
          REVOKE UPDATE ON users FROM "table owner" | table owner has no right to UPDATE on table users, which V17 activities_refer_to_users needs
          REVOKE SELECT ON activities FROM "table owner" | table owner has no right to SELECT on table activities
          REVOKE ALL ON users, activities FROM "table owner" | table owner has no right to TRIGGER on table activities
          REVOKE CREATE ON SCHEMA public FROM "table owner", PUBLIC | table owner may not create objects in schema public
          ALTER DEFAULT PRIVILEGES FOR ROLE "table owner" REVOKE ALL ON TABLES FROM "table owner" | the default privileges of "table owner" give no right to INSERT to "table owner" itself
          ALTER DEFAULT PRIVILEGES FOR ROLE "table owner" REVOKE ALL ON FUNCTIONS FROM PUBLIC, "table owner" | the default privileges of "table owner" give no right to EXECUTE
          ALTER DATABASE %s SET default_tablespace = 'fast' | table owner may not create objects in tablespace fast, the default_tablespace
          """)
  void thatAnOwnerGaveAwayAreToldBeforeAnythingIsChanged(String change, String difference) {
    Postgres database = owned();
    database.run(change.formatted(database.name()));
    List<String> schema = database.schema();
    Migrations migrations = Migrations.of(database.as("table owner"));

    MigrationException refusal =
        catchThrowableOfType(MigrationException.class, migrations::migrate);

    assertThat(refusal)
        .hasMessageContaining(difference.replace("\"", ""))
        .hasMessageContaining("Nothing was changed")
        .hasMessageNotContaining("SQLSTATE");
    assertThat(migrations.plan().differences()).isNotEmpty();
    assertThat(database.schema()).isEqualTo(schema);
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();

    List<String> remedies =
        REMEDY.matcher(refusal.getMessage()).results().map((MatchResult r) -> r.group(1)).toList();
    assertThat(remedies).isNotEmpty();
    remedies.forEach(database::run);
    assertThat(migrations.migrate().schemaVersion()).isEqualTo("29");
    database.run("INSERT INTO activities (user_uuid, message) SELECT uuid, 'x' FROM users LIMIT 1");
  }

  /** A foreign key reads the table with the rights of its owner, whoever made it. */
  @Test
  void ofTheOwnerAreToldToASuperuserToo() {
    Postgres database = owned();
    database.run("REVOKE ALL ON users, activities FROM \"table owner\"");
    assertThat(Migrations.of(database.source()).plan().differences())
        .hasSize(4)
        .allSatisfy(found -> assertThat(found).startsWith("table owner has no right to"));
  }

  @Test
  void ofAMemberAreThoseOfTheOwner() {
    Postgres database = owned();
    database.run("GRANT CREATE ON SCHEMA public TO table_member");
    assertThat(Migrations.of(database.as("table_member")).plan().differences()).isEmpty();
    assertThat(Migrations.of(database.as("table_member")).migrate().schemaVersion())
        .isEqualTo("29");
  }

  @Test
  void areNotLookedForWhereNothingIsPending() {
    Postgres database = owned();
    Migrations migrations = Migrations.of(database.as("table owner"));
    migrations.migrate();
    database.run("REVOKE REFERENCES, TRIGGER ON users, activities FROM \"table owner\"");
    assertThat(migrations.migrate().applied()).isEmpty();
    assertThat(migrations.plan().differences()).isEmpty();
  }

  private static Postgres owned() {
    Postgres database = HandMade.EMAIL.withRows();
    database.run(
        """
        ALTER TABLE users OWNER TO "table owner";
        ALTER TABLE activities OWNER TO "table owner";
        GRANT USAGE, CREATE ON SCHEMA public TO "table owner\"""");
    return database;
  }
}
