package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The databases of several JVMs on one server; a supply stands for a JVM. */
@Timeout(120)
final class DatabaseSupplyTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void dropsWhatAKilledJvmHasLeftAndNothingElse() throws Exception {
    try (LocalPostgres postgres = start()) {
      DatabaseServer server = new DatabaseServer(postgres.url(), true);
      DatabaseSupply killed = open(server);
      DatabaseSupply alive = open(server);
      String left = killed.take(Recipe.standard(), "left").name();
      String kept = killed.take(Recipe.standard(), "kept").name();
      killed.keep(kept, "kept", Duration.ofHours(1));
      await(
          postgres, "SELECT count(*) FROM pg_shdescription WHERE description ~ 'kept until'", "1");
      String others = alive.take(Recipe.standard(), "others").name();

      // The end of its session is what the server sees of the end of a JVM.
      Sql.ask(
          postgres,
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = "
              + Long.parseLong(left.split("_")[2], 16));
      open(server);

      await(postgres, "SELECT count(*) FROM pg_database WHERE datname = '" + left + "'", "0");
      assertThat(names(postgres)).contains(kept, others).doesNotContain(left);
    }
  }

  @Test
  void dropsAlsoWhatIsBeingMadeWhenItEnds() throws Exception {
    try (LocalPostgres postgres = start();
        Connection owner = TestServer.dataSource(postgres.url()).getConnection()) {
      DatabaseSupply supply = open(new DatabaseServer(postgres.url(), true));
      supply.take(Recipe.standard(), "first");
      await(
          postgres,
          "SELECT count(*) FROM pg_shdescription WHERE description LIKE '%made ahead%'",
          "1");
      owner.setAutoCommit(false);
      // Databases can be looked for, and neither be made nor dropped.
      DatabaseServer.execute(owner, "LOCK TABLE pg_catalog.pg_database IN SHARE MODE");
      supply.take(Recipe.standard(), "second");
      await(
          postgres,
          "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ '^CREATE DATABASE'",
          "t");
      Thread ending = Thread.startVirtualThread(supply::end);
      Thread.sleep(300);
      owner.rollback();
      ending.join();
      Thread.sleep(300);
      assertThat(names(postgres)).doesNotContain("cruddur_test_");
    }
  }

  @Test
  void makesAFewAhead() throws Exception {
    try (LocalPostgres postgres = start()) {
      DatabaseSupply supply = open(new DatabaseServer(postgres.url(), true));
      for (int test = 0; test < 8; test++) {
        supply.giveBack(supply.take(Recipe.standard(), "test"), Optional.empty());
      }
      await(
          postgres,
          "SELECT count(*) FROM pg_shdescription WHERE description LIKE '%made ahead%'",
          "4");
      await(postgres, "SELECT count(*) FROM pg_database WHERE datname ~ '^cruddur_test_'", "4");
    }
  }

  @Test
  void letsOneMakeTheTemplateThatSeveralWant() throws Exception {
    AtomicInteger loads = new AtomicInteger();
    Recipe recipe = new Recipe(List.of(new Counted(loads)));
    try (LocalPostgres postgres = start();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      DatabaseServer server = new DatabaseServer(postgres.url(), true);
      Callable<Void> wish =
          () -> {
            Templates.of(server).ensure(recipe);
            return null;
          };
      for (Future<Void> made : threads.invokeAll(List.of(wish, wish, wish))) {
        made.get();
      }
      assertThat(loads).hasValue(1);
      assertThat(names(postgres))
          .contains(Templates.of(server).name(recipe))
          .doesNotContain("cruddur_unfinished_");
    }
  }

  private static DatabaseSupply open(DatabaseServer server) throws SQLException {
    Templates templates = Templates.of(server);
    return DatabaseSupply.open(server, templates, templates.login());
  }

  private static LocalPostgres start() {
    LocalPostgres.Builder builder = LocalPostgres.builder();
    builder.cluster = installation -> new SeededCluster(installation, Recipe.standard());
    return builder.start();
  }

  private static String names(LocalPostgres postgres) throws SQLException {
    return String.valueOf(
        Sql.ask(postgres, "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"));
  }

  private static void await(LocalPostgres postgres, String query, String answer) {
    assertThat(Waiting.uninterruptibly(LIMIT, () -> answer.equals(ask(postgres, query))))
        .as("%s gives %s", query, answer)
        .isTrue();
  }

  private static String ask(LocalPostgres postgres, String query) {
    try {
      return String.valueOf(Sql.ask(postgres, query));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Counted(AtomicInteger loads) implements TemplateSeed {

    @Override
    public String key() {
      return "counted";
    }

    @Override
    public void load(DataSource owner) {
      loads.incrementAndGet();
    }
  }
}
