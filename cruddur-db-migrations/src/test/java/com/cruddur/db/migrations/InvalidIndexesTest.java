package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class InvalidIndexesTest {

  @Test
  void areFoundAndRebuilt() {
    Postgres database = Postgres.empty();
    Migrations migrations = Migrations.of(database.source());
    migrations.migrate();
    database.run(
        """
        CREATE INDEX users_handle_key_ccnew ON public.users (lower(handle));
        UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text
          IN ('activities_home_feed_idx', 'users_handle_key_ccnew')""");
    assertThat(migrations.validate().problems())
        .containsExactly(
            "Index public.activities_home_feed_idx is invalid: run migrate(), which rebuilds it.",
            "Index public.users_handle_key_ccnew is invalid: run migrate(), which rebuilds it.");

    migrations.migrate();

    assertThat(migrations.validate().isValid()).isTrue();
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
  }

  @Test
  void sayWhatToDoWhereTheDataForbidIt() {
    Postgres database = Postgres.empty();
    Migrations migrations = Migrations.of(database.source());
    migrations.migrate();
    database.run(
        """
        DROP INDEX users_handle_key;
        INSERT INTO users (display_name, handle, cognito_user_id) VALUES ('a', 'bob', 'MOCK'), ('b', 'Bob', 'MOCK');
        """);
    try {
      database.run("CREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (lower(handle))");
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessageContaining("could not create unique index");
    }

    ObstaclesException refusal =
        catchThrowableOfType(ObstaclesException.class, migrations::migrate);
    assertThat(refusal.obstacles()).extracting(Obstacle::fix).containsExactly(Fix.RENAME_HANDLES);

    migrations.fixes().renameHandles();
    migrations.migrate();
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
  }
}
