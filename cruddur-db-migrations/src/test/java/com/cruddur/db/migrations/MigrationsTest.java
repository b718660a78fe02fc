package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {

  @Test
  void appliesEveryMigrationInOrderAndThenNothing() {
    Postgres database = Postgres.empty();
    MigrationReport first = Migrations.of(database.source()).migrate();
    assertThat(first.applied()).isNotEmpty().first().isEqualTo("V1 original_schema");
    assertThat(first.schemaVersion()).isEqualTo(String.valueOf(first.applied().size()));
    assertThat(first.adopted()).isFalse();

    MigrationReport second = Migrations.of(database.source()).migrate();
    assertThat(second.applied()).isEmpty();
    assertThat(second.schemaVersion()).isEqualTo(first.schemaVersion());
  }

  @Test
  void loadsTheOriginalSeedAsItIs() {
    Postgres database = Postgres.migrated();
    database.run(
        """
        INSERT INTO public.users (display_name, handle, cognito_user_id)
        VALUES
          ('Andrew Brown', 'andrewbrown' ,'MOCK'),
          ('Andrew Bayko', 'bayko' ,'MOCK');

        INSERT INTO public.activities (user_uuid, message, expires_at)
        VALUES
          (
            (SELECT uuid from public.users WHERE users.handle = 'andrewbrown' LIMIT 1),
            'This was imported as seed data!',
            current_timestamp + interval '10 day'
          )""");
    assertThat(
            database.number("SELECT count(*) FROM activities JOIN users ON user_uuid = users.uuid"))
        .isEqualTo(1);
  }

  @Test
  void saysInOneLineWhyTheServerWasNotReached() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    nowhere.setUser("canary_user");
    nowhere.setPassword("canary-password");

    assertThatThrownBy(() -> Migrations.of(nowhere).migrate())
        .isInstanceOfSatisfying(
            MigrationException.class,
            failure -> {
              assertThat(failure).hasMessageContaining("127.0.0.1:1").hasMessageContaining("08001");
              assertThat(failure.getMessage()).doesNotContain("\n", "canary-password");
              assertThat(failure.sqlState()).contains("08001");
            });
  }
}
