package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
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
  void areLeftAloneWhereSomebodyElseMadeOrBuildsThem() throws Exception {
    Postgres database = Postgres.empty();
    Migrations migrations = Migrations.of(database.source());
    migrations.migrate();
    database.run(
        """
        CREATE INDEX mine ON users (bio);
        CREATE INDEX mine_ccnew ON users (bio);
        UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text IN ('mine', 'mine_ccnew');
        DROP INDEX activities_home_feed_idx""");
    try (Connection writer = database.connect()) {
      writer.setAutoCommit(false);
      writer.createStatement().execute("LOCK TABLE activities IN ROW EXCLUSIVE MODE");
      Thread builder =
          new Thread(
              () ->
                  database.run(
                      "CREATE INDEX CONCURRENTLY activities_home_feed_idx ON activities (created_at DESC, uuid DESC)"
                          + " WHERE reply_to_activity_uuid IS NULL"));
      builder.start();
      while (database.list("SELECT 1 FROM pg_index WHERE NOT indisvalid").size() < 3) {
        Thread.sleep(20);
      }
      assertThat(migrations.validate().problems()).isEmpty();
      migrations.migrate();
      writer.rollback();
      builder.join();
    }
    assertThat(
            database.list(
                "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid ORDER BY 1"))
        .containsExactly("mine", "mine_ccnew");
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
