package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptedRunTest {

  @Test
  void isFinishedByTheNextAfterAConnectionLostAtAnyStep() {
    Postgres database = HandMade.ORIGINAL.withRows();
    List<String> content = HandMade.contentOf(database);
    int interruptions = 0;
    int step = 1;
    String version = "none";
    while (interruptedAt(database, step)) {
      interruptions++;
      String now = versionOf(database);
      step = now.equals(version) ? step + 1 : 1;
      version = now;
    }
    assertThat(interruptions).isGreaterThan(100);
    assertFinished(database, content);
  }

  @Test
  void isFinishedByTheNextAfterAKillInEachMigration() throws Exception {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    List<String> content = HandMade.contentOf(database);
    List<String> versions = new ArrayList<>();
    // Before the first row of the history; then each finishes what was killed, and goes one
    // further.
    while (killedBeforeRow(versions.isEmpty() ? 1 : 2, database)) {
      versions.add(versionOf(database));
    }
    assertThat(versions).doesNotHaveDuplicates().hasSize(28);
    assertFinished(database, content);
  }

  @Test
  void saysWhyAConnectionWasLost() {
    Postgres database = HandMade.ORIGINAL.withRows();
    TrappedDataSource source =
        new TrappedDataSource(
            database.source(),
            2,
            connection -> {
              connection.abort(Runnable::run);
              throw new SQLException("The line was cut", "08006");
            });
    assertThatThrownBy(() -> Migrations.of(source).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("The line was cut (SQLSTATE 08006)");
  }

  private static boolean killedBeforeRow(int row, Postgres database) throws Exception {
    try (MigratorProcess migrator = MigratorProcess.start(database, -row)) {
      boolean stopped = migrator.stops();
      migrator.kill();
      return stopped;
    }
  }

  @Test
  void isFinishedByTheNextAfterAKillWhileAnIndexIsBuilt() throws Exception {
    Postgres database = HandMade.ORIGINAL.withRows();
    List<String> content = HandMade.contentOf(database);
    for (int index = 1; index <= 8; index++) {
      killWhileAnIndexIsBuilt(database);
      assertThat(database.list("SELECT indexrelid FROM pg_index WHERE NOT indisvalid")).hasSize(1);
      // Finishes this index, and stops before the next migration, if any, is recorded.
      assertThat(interruptedAt(database, -2)).isEqualTo(index < 8);
    }
    assertFinished(database, content);
  }

  /** An index is not finished as long as somebody has an older snapshot. */
  private static void killWhileAnIndexIsBuilt(Postgres database) throws Exception {
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement();
        MigratorProcess migrator = MigratorProcess.start(database, MigratorProcess.NEVER)) {
      reader.setAutoCommit(false);
      statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      statement.execute("SELECT 1");
      await(database, "wait_event_type = 'Lock'", 1);
      migrator.kill();
      await(database, "true", 0);
    }
  }

  private static void await(Postgres database, String condition, int builders) throws Exception {
    String query =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND query LIKE 'CREATE%INDEX CONCURRENTLY%' AND "
            + condition;
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (database.number(query) != builders) {
      assertThat(System.nanoTime()).as(query).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static boolean interruptedAt(Postgres database, int step) {
    boolean[] sprung = new boolean[1];
    TrappedDataSource source =
        new TrappedDataSource(
            database.source(),
            step,
            connection -> {
              sprung[0] = true;
              connection.abort(Runnable::run);
              throw new SQLException("The line was cut", "08006");
            });
    try {
      Migrations.of(source).migrate();
    } catch (MigrationException failure) {
      assertThat(sprung[0]).as(failure.getMessage()).isTrue();
    }
    return sprung[0];
  }

  private static String versionOf(Postgres database) {
    return database.value("SELECT to_regclass('public.flyway_schema_history')") == null
        ? "none"
        : database.value(
            "SELECT version FROM public.flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
  }

  private static void assertFinished(Postgres database, List<String> content) {
    Migrations.of(database.source()).migrate();
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
    assertThat(Migrations.of(database.source()).validate().problems()).isEmpty();
  }
}
