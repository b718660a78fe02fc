package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
          CREATE TABLE environment (name text) | table environment is unknown
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
  void refusesADatabaseOfAnotherApplication() {
    Postgres database = Postgres.with("CREATE TABLE public.invoices (id int)");
    assertThatThrownBy(() -> Migrations.of(database.source()).migrate())
        .hasMessageContaining("schema public holds invoices, and neither users nor activities");
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }
}
