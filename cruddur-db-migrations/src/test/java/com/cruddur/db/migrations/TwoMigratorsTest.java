package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TwoMigratorsTest {

  @Test
  void shareTheWorkOfOne() throws Exception {
    for (Postgres database : List.of(Postgres.empty(), HandMade.EMAIL.withRows())) {
      Callable<MigrationReport> migrate = () -> Migrations.of(database.source()).migrate();
      List<MigrationReport> reports = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
        for (Future<MigrationReport> run : threads.invokeAll(List.of(migrate, migrate, migrate))) {
          reports.add(run.get());
        }
      }
      assertThat(reports).filteredOn(report -> !report.applied().isEmpty()).hasSize(1);
      assertThat(reports).extracting(MigrationReport::schemaVersion).containsOnly("29");
      assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
    }
  }

  @Test
  void waitForATransactionThatHoldsATable() throws Exception {
    Postgres database = HandMade.ORIGINAL.withRows();
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT * FROM public.users");
      Future<MigrationReport> run = thread.submit(() -> Migrations.of(database.source()).migrate());
      while (database.number(
              "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
          == 0) {
        Thread.sleep(5);
      }
      reader.commit();
      assertThat(run.get().schemaVersion()).isEqualTo("29");
    }
  }

  /** A foreign key locks two tables: who holds one and wants the other must not wait for ever. */
  @Test
  void giveWayToATransactionThatHoldsTheOtherTableOfTheForeignKey() throws Exception {
    Postgres database = HandMade.FOREIGN_KEY.withRows();
    TrappedDataSource untilV17 =
        new TrappedDataSource(
            database.source(),
            -16,
            connection -> {
              connection.abort(Runnable::run);
              throw new SQLException("The line was cut", "08006");
            });
    assertThatThrownBy(() -> Migrations.of(untilV17).migrate()).hasMessageContaining("08006");
    database.run("ALTER DATABASE " + database.name() + " SET deadlock_timeout = '60s'");
    database.run("ALTER DATABASE " + database.name() + " SET statement_timeout = '20s'");

    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        Connection writer = database.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("UPDATE public.users SET bio = 'me'");
      Future<MigrationReport> run = thread.submit(() -> Migrations.of(database.source()).migrate());
      while (!run.isDone()
          && database.number(
                  "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'public.users'::regclass")
              == 0) {
        Thread.sleep(1);
      }
      statement.execute(
          "INSERT INTO public.activities (user_uuid, message) SELECT uuid, 'x' FROM public.users LIMIT 1");
      writer.commit();
      assertThat(run.get().applied()).first().isEqualTo("V17 activities_refer_to_users");
    }
    assertThat(Migrations.of(database.source()).validate().problems()).isEmpty();
  }

  @Test
  void giveUpAWaitWithoutEndAndSayWhoIsInTheWay() throws Exception {
    Postgres database = HandMade.ORIGINAL.withRows();
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.execute("SELECT * FROM public.users");
      assertThatThrownBy(
              () -> Migrations.of(database.source()).patience(Duration.ofMillis(400)).migrate())
          .isInstanceOf(MigrationException.class)
          .message()
          .contains("at V2", "at this moment users held by process", "idle in transaction", "55P03")
          .doesNotContain("\n");
    }
    assertThat(Migrations.of(database.source()).migrate().schemaVersion()).isEqualTo("29");
  }

  @Test
  void giveUpWaitingForEachOtherAndSayIt() throws Exception {
    Postgres database = Postgres.empty();
    try (MigrationSession other = MigrationSession.open(database.source())) {
      other.lock(Duration.ZERO);
      assertThatThrownBy(
              () -> Migrations.of(database.source()).patience(Duration.ofMillis(200)).migrate())
          .hasMessageContaining("Another migrator has been at work on this database");
    }
  }

  @Test
  void giveUpBehindAnExclusiveLockTakenBeforeTheFirstLook() throws Exception {
    Postgres database = HandMade.ORIGINAL.withRows();
    Migrations migrations = Migrations.of(database.source()).patience(Duration.ofMillis(400));
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE");
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            assertThatThrownBy(migrations::migrate)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("55P03");
            assertThatThrownBy(migrations::plan)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("55P03");
          });
    }
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }

  @Test
  void giveUpBehindAnExclusiveLockTakenInTheMiddle() throws Exception {
    Postgres database = HandMade.ORIGINAL.withRows();
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      TrappedDataSource source =
          new TrappedDataSource(
              database.source(),
              1,
              connection -> statement.execute("LOCK TABLE public.users IN ACCESS EXCLUSIVE MODE"));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(
                      () -> Migrations.of(source).patience(Duration.ofMillis(400)).migrate())
                  .isInstanceOf(MigrationException.class)
                  .hasMessageContainingAll("at V2", "at this moment users held by process"));
    }
    assertThat(Migrations.of(database.source()).migrate().schemaVersion()).isEqualTo("29");
  }
}
