package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.Health;
import com.cruddur.db.PoolSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A standby that falls silent while all connections to it are in use, as those of a busy one are.
 * Upper bounds leave three times what is promised.
 */
class SilentStandbyTest {

  private static final Duration ACQUIRE = Duration.ofSeconds(1);
  private static final Duration SOCKET = Duration.ofSeconds(12);

  /** The wait for a connection, one check of an idle one, and a login beside the pool. */
  private static final Duration PROMISED =
      ACQUIRE.plus(ACQUIRE.dividedBy(2)).plus(Duration.ofSeconds(1));

  private PostgresProcess primary;
  private PostgresProcess standby;

  @BeforeEach
  void start() throws Exception {
    primary = PostgresProcess.create();
    standby = primary.startStandby("standby");
    await("SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'");
  }

  @AfterEach
  void stop() throws Exception {
    standby.close();
    primary.close();
  }

  private CruddurDb open(ConnectionUrl readerUrl) {
    PoolSettings settings =
        PoolSettings.builder()
            .maximumSize(1)
            .acquireTimeout(ACQUIRE)
            .connectTimeout(Duration.ofSeconds(1))
            .statementTimeout(SOCKET.minusSeconds(1))
            .socketTimeout(SOCKET)
            .build();
    return CruddurDb.builder().url(primary.url()).readerUrl(readerUrl).pool(settings).build();
  }

  @Test
  void isReplacedByThePrimaryInTimeWhenItIsFrozen() throws Exception {
    try (CruddurDb db = open(standby.url())) {
      CompletableFuture<Throwable> onTheWay = holdAll(db);
      standby.freeze();
      assertReplaced(db);
      assertThat(onTheWay).isNotDone();
      Health health = db.health(Duration.ofSeconds(20));
      assertThat(health.role()).isEqualTo(Health.Role.PRIMARY);
      assertThat(health.reader()).isNotNull();
      assertThat(health.reader().role()).isEqualTo(Health.Role.PRIMARY);
      assertThat(health.reader().pool().active()).isEqualTo(1);
      standby.thaw();
      assertThat(eventuallyReadsFrom(db, standby)).isTrue();
      onTheWay.join();
    }
  }

  @Test
  void isReplacedByThePrimaryInTimeWhenTheNetworkSwallowsEverything() throws Exception {
    try (CuttableNetwork network = new CuttableNetwork(standby.port());
        CruddurDb db = open(network.url())) {
      CompletableFuture<Throwable> onTheWay = holdAll(db);
      network.swallow();
      assertReplaced(db);
      assertThat(onTheWay.get(3 * SOCKET.toSeconds(), TimeUnit.SECONDS))
          .hasStackTraceContaining("I/O error");
      network.restore();
      assertThat(eventuallyReadsFrom(db, standby)).isTrue();
    }
  }

  @Test
  void isNotWaitedForByALookAtTheHealth() throws Exception {
    try (CruddurDb db = open(standby.url())) {
      assertThat(db.health().reader()).isNull();
      assertThat(readsFrom(db)).isEqualTo(standby.port());
      assertThat(db.health().reader().role()).isEqualTo(Health.Role.STANDBY);
      assertThat(db.health().reader().replayLag()).isNotNull();
      standby.freeze();
      Health health = db.health(Duration.ofMillis(500));
      assertThat(health.up()).isTrue();
      assertThat(health.reader().up()).isFalse();
      assertThat(health.reader().error()).isEqualTo("The database did not answer within 0.5 s.");
      assertThat(health.reader().took()).isLessThan(Duration.ofSeconds(2));
      assertThat(health.json()).contains(",\"reader\":{\"up\":false,");
      standby.thaw();
    }
  }

  /** Takes the one connection of the reader's pool for longer than the test lasts. */
  private CompletableFuture<Throwable> holdAll(CruddurDb db) throws Exception {
    CompletableFuture<Throwable> onTheWay =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> db.reader().dsl().fetchValue("SELECT pg_sleep(8)")),
            // The end of the processes that freeze a server is told on the common pool.
            call -> Thread.ofPlatform().start(call));
    await("SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(8)'");
    return onTheWay;
  }

  private void await(String count) throws Exception {
    while (!standby.value(count).equals("1")) {
      Thread.sleep(10);
    }
  }

  private void assertReplaced(CruddurDb db) {
    long start = System.nanoTime();
    assertThat(readsFrom(db)).isEqualTo(primary.port());
    Duration first = Duration.ofNanos(System.nanoTime() - start);
    Measured.say("standby silent: first read from the primary after " + first.toMillis() + " ms");
    assertThat(first).isLessThan(PROMISED.multipliedBy(3));
    start = System.nanoTime();
    assertThat(readsFrom(db)).isEqualTo(primary.port());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ACQUIRE.multipliedBy(2));
  }

  private static int readsFrom(CruddurDb db) {
    return (Integer) db.reader().dsl().fetchValue("SELECT inet_server_port()");
  }

  private static boolean eventuallyReadsFrom(CruddurDb db, PostgresProcess server)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (readsFrom(db) != server.port() && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    return readsFrom(db) == server.port();
  }
}
