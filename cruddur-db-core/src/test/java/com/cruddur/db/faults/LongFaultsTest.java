package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that outlast the time-outs: every call ends within them. */
@Tag("faults")
@ParameterizedClass(name = "sslmode={0}")
@ValueSource(strings = {"disable", "require"})
class LongFaultsTest extends ServerUnderLoad {

  private static final Duration SOCKET = Duration.ofSeconds(3);
  private static final Duration ACQUIRE = Duration.ofSeconds(4);

  @Parameter String sslmode;

  @Override
  PostgresProcess createServer() throws Exception {
    return PostgresProcess.createWithTls();
  }

  @Override
  ConnectionUrl url() {
    return server.url(sslmode);
  }

  @Override
  PoolSettings.Builder settings() {
    return PoolSettings.builder()
        .maximumSize(2 * WRITERS)
        .statementTimeout(SOCKET.minusSeconds(1))
        .socketTimeout(SOCKET)
        .acquireTimeout(ACQUIRE)
        .connectTimeout(Duration.ofSeconds(2));
  }

  @Override
  void assertErrors(Load load) {
    assertThat(load.lostConnections()).hasSizeLessThanOrEqualTo(2 * WRITERS);
    assertEveryCallEnded(load);
  }

  @Test
  void aPoolThatGaveUpIsBackAsSoonAsTheServerIs() throws Exception {
    server.kill();
    assertThatThrownBy(() -> db.users().findByHandle("ann")).isNotNull();
    assertThatThrownBy(() -> db.users().findByHandle("ann")).isNotNull();
    // By now HikariCP would wait 5 seconds between two attempts.
    Thread.sleep(6_500);
    server.start();
    long returned = System.nanoTime();
    assertThat(db.dsl().fetchValue("SELECT 1")).isEqualTo(1);
    Duration first = Duration.ofNanos(System.nanoTime() - returned);
    Measured.say("first call after 7 s of outage: " + first.toMillis() + " ms");
    assertThat(first).isLessThan(A_SECOND_WITH_SLACK);
  }

  @Test
  void everyCallEndsWhileTheServerIsFrozen() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      server.freeze();
      Thread.sleep(15_000);
      server.thaw();
      assertRecovery("server frozen for 15 s", load, System.nanoTime());
    }
  }

  @Test
  void everyCallEndsWhileTheServerIsDown() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      server.kill();
      Thread.sleep(12_000);
      server.start();
      assertRecovery("server killed, 12 s away", load, System.nanoTime());
    }
  }

  @Test
  void connectionsThatHearNothingMoreEndAndNewOnesServe() throws Exception {
    try (CuttableNetwork network = new CuttableNetwork(server.port());
        CruddurDb behind = open(network.url(sslmode));
        Load load = new Load(behind, WRITERS).awaitBusyPool()) {
      network.swallow();
      Thread.sleep(1_000);
      network.restore();
      long returned = System.nanoTime();
      assertThat(behind.dsl().fetchValue("SELECT 1")).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - returned)).isLessThan(A_SECOND_WITH_SLACK);
      load.awaitSuccessOfEachAfter(returned).close();
      Measured.say("network half cut for 1 s", load, load.firstSuccessAfter(returned));
      assertThat(load.failures()).hasSizeLessThanOrEqualTo(WRITERS);
      assertEveryCallEnded(load);
      load.assertNothingLostOrDoubled(server);
    }
  }

  /** The wait for a connection with one check of it, then one answer of the server. */
  private static void assertEveryCallEnded(Load load) {
    Duration promised = ACQUIRE.plus(ACQUIRE.dividedBy(2)).plus(SOCKET);
    assertThat(load.longestCall()).isLessThan(promised.plus(Duration.ofSeconds(3)));
  }
}
