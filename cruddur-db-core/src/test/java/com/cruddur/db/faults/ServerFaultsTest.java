package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Faults that cost one error for each busy connection at most. */
class ServerFaultsTest extends ServerUnderLoad {

  @Override
  PoolSettings.Builder settings() {
    return PoolSettings.builder()
        .maximumSize(WRITERS)
        .socketTimeout(Duration.ofSeconds(5))
        .statementTimeout(Duration.ofSeconds(4));
  }

  @Override
  void assertErrors(Load load) {
    assertThat(load.failures()).hasSizeLessThanOrEqualTo(WRITERS);
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
}
