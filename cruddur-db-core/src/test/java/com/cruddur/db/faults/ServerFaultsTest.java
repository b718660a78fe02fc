package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Faults of a single server under load: one error for each busy connection at most, writes go on
 * within a second of its return, and no acknowledged write is lost or doubled. Upper bounds leave
 * three times what is promised.
 */
class ServerFaultsTest {

  private static final int WRITERS = 4;
  private static final Duration A_SECOND_WITH_SLACK = Duration.ofSeconds(3);

  private PostgresProcess server;
  private CruddurDb db;

  @BeforeEach
  void start() throws Exception {
    server = PostgresProcess.create();
    server.execute(Load.TABLE);
    db = open(server.url());
  }

  private static CruddurDb open(ConnectionUrl url) {
    PoolSettings settings =
        PoolSettings.builder()
            .maximumSize(WRITERS)
            .minimumIdle(WRITERS)
            .socketTimeout(Duration.ofSeconds(5))
            .statementTimeout(Duration.ofSeconds(4))
            .build();
    return CruddurDb.builder().url(url).pool(settings).build();
  }

  @AfterEach
  void stop() throws Exception {
    db.close();
    server.close();
  }

  @Test
  void killedBackendsCostOneErrorForEachConnection() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      server.execute(
          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
              + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
      assertRecovery("all backends killed", load, System.nanoTime());
    }
  }

  @Test
  void aRestartCostsOneErrorForEachConnection() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      server.stop();
      Thread.sleep(1_000);
      server.start();
      assertRecovery("server restarted, 1 s away", load, System.nanoTime());
    }
  }

  @Test
  void aCrashCostsOneErrorForEachConnection() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      server.kill();
      Thread.sleep(1_000);
      server.start();
      assertRecovery("server killed, 1 s away", load, System.nanoTime());
    }
  }

  @Test
  void aFreezeShorterThanTheSocketTimeoutCostsNothing() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      server.freeze();
      Thread.sleep(2_000);
      server.thaw();
      assertRecovery("server frozen for 2 s", load, System.nanoTime());
      assertThat(load.failures()).isEmpty();
    }
  }

  @Test
  void aCutNetworkCostsOneErrorForEachConnection() throws Exception {
    try (CuttableNetwork network = new CuttableNetwork(server.port());
        CruddurDb behind = open(network.url());
        Load load = new Load(behind, WRITERS).awaitBusyPool()) {
      network.cut();
      Thread.sleep(1_000);
      network.restore();
      assertRecovery("network cut for 1 s", load, System.nanoTime());
    }
  }

  private void assertRecovery(String fault, Load load, long returned) throws Exception {
    load.awaitSuccessOfEachAfter(returned).close();
    Duration first = load.firstSuccessAfter(returned);
    Measured.say(fault, load, first);
    assertThat(load.failures()).hasSizeLessThanOrEqualTo(WRITERS);
    assertThat(first).isLessThan(A_SECOND_WITH_SLACK);
    load.assertNothingLostOrDoubled(server);
  }
}
