package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HealthTest {

  @Test
  void tellsHowTheDatabaseIs() {
    try (CruddurDb db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()))) {
      Health health = db.health();
      assertThat(health.up()).isTrue();
      assertThat(health.serverVersion())
          .isEqualTo(db.dsl().fetchValue("SHOW server_version"))
          .matches("\\d+\\.\\d+.*");
      assertThat(health.role()).isEqualTo(Health.Role.PRIMARY);
      assertThat(health.replayLag()).isNull();
      assertThat(health.schemaVersion())
          .isEqualTo(
              db.dsl()
                  .fetchValue(
                      "SELECT version FROM flyway_schema_history"
                          + " ORDER BY installed_rank DESC LIMIT 1"));
      assertThat(health.error()).isNull();
      assertThat(health.pool()).isEqualTo(new Health.Pool(0, 1, 0, 10));
      assertThat(health.took()).isPositive();
    }
  }

  @Test
  void isJson() throws Exception {
    Health health =
        new Health(
            true,
            "18.6 (\"x\")",
            Health.Role.STANDBY,
            Duration.ofMillis(1500),
            "29",
            new Health.Pool(1, 2, 3, 4),
            null,
            Duration.ofNanos(4_200_000),
            null);
    assertThat(health.json())
        .isEqualTo(
            "{\"up\":true,\"server_version\":\"18.6 (\\\"x\\\")\",\"role\":\"standby\","
                + "\"replay_lag_seconds\":1.500,\"schema_version\":\"29\","
                + "\"pool\":{\"active\":1,\"idle\":2,\"waiting\":3,\"maximum\":4},"
                + "\"error\":null,\"took_seconds\":0.004,\"reader\":null}");
    try (CruddurDb db = CruddurDb.open(TestServer.emptyDatabase())) {
      Object parsed = db.dsl().fetchValue("SELECT ?::jsonb ->> 'up'", db.health().json());
      assertThat(parsed).isEqualTo("true");
    }
  }

  @Test
  void saysWhatItCouldNotAskAndIsUpAllTheSame() {
    try (CruddurDb db = CruddurDb.open(TestServer.emptyDatabase())) {
      Health health = db.health();
      assertThat(health.up()).isTrue();
      assertThat(health.schemaVersion()).isNull();
      assertThat(health.error()).isEqualTo("The schema version is unknown (SQLSTATE 42P01).");
      assertThat(db.health().up()).isTrue();
    }
  }

  @Test
  void isOverInTimeWhenThePoolIsExhausted() {
    PoolSettings one = PoolSettings.builder().maximumSize(1).build();
    try (CruddurDb db = CruddurDb.builder().url(TestServer.migratedDatabase()).pool(one).build()) {
      Health health =
          db.transaction(
              tx -> {
                tx.dsl().fetchValue("SELECT 1");
                return db.health(Duration.ofMillis(300));
              });
      assertThat(health.up()).isFalse();
      assertThat(health.error()).isEqualTo("The database did not answer within 0.3 s.");
      assertThat(health.pool()).isEqualTo(new Health.Pool(1, 0, 1, 1));
      assertThat(health.took()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
      assertThat(eventuallyUp(db)).isTrue();
    }
  }

  @Test
  void gathersNoCallersWhenTheDatabaseIsFrozen() throws Exception {
    PoolSettings small = PoolSettings.builder().minimumIdle(0).build();
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HikariDataSource pool =
            PoolFactory.create(
                ConnectionUrl.parse(
                    "postgresql://ann:Kan4rie@127.0.0.1:" + silent.getLocalPort() + "/d"),
                small);
        CruddurDb db = CruddurDb.using(pool);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Health>> looks = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        looks.add(threads.submit(() -> db.health(Duration.ofMillis(500))));
      }
      for (Future<Health> look : looks) {
        assertThat(look.get().up()).isFalse();
        assertThat(look.get().took()).isLessThan(Duration.ofSeconds(3));
        assertThat(look.get().pool()).isNotNull();
      }
      // One look at a time asks for a connection.
      assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void saysWhyThereIsNoDatabaseAndNoSecret() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://ann:Kan4rie@127.0.0.1:1/d");
    try (HikariDataSource pool = PoolFactory.create(url);
        CruddurDb db = CruddurDb.using(pool)) {
      Health health = db.health(Duration.ofSeconds(20));
      assertThat(health.up()).isFalse();
      assertThat(health.error()).contains("127.0.0.1:1/d as user ann", "nothing listens there");
      assertThat(health + health.json()).doesNotContain("Kan4rie");
    }
  }

  private static boolean eventuallyUp(CruddurDb db) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!db.health().up() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return db.health().up();
  }
}
