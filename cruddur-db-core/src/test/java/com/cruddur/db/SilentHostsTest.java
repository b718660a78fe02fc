package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hosts that do not answer, on real sockets. The upper bounds leave three times the promise. */
class SilentHostsTest {

  private static SilentHost frozen;
  private static SilentHost gone;

  @BeforeAll
  static void start() throws Exception {
    frozen = SilentHost.accepting();
    gone = SilentHost.dropping();
  }

  @AfterAll
  static void stop() throws Exception {
    frozen.close();
    gone.close();
  }

  @Test
  void areGivenUpTogetherWithinOneConnectTimeout() {
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> CruddurDb.open(url(gone + "," + frozen + "," + gone + "," + frozen, 2)))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("did not answer in time")
        .hasMessageContaining(frozen + "," + gone);
    assertThat(since(start)).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(6));
  }

  @Test
  void areGivenUpByAPoolWithinTheConnectTimeoutToo() {
    PoolSettings patient = PoolSettings.builder().acquireTimeout(Duration.ofSeconds(60)).build();
    try (HikariDataSource pool = PoolFactory.create(url(frozen + "," + gone, 2), patient)) {
      long start = System.nanoTime();
      assertThatThrownBy(pool::getConnection).hasMessageContaining("did not answer in time");
      // The pool may have begun to connect before it was asked, and fails once for itself.
      assertThat(since(start)).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void doNotHideTheServerBehindThem() {
    String server = TestServer.url().hosts().get(0).toString();
    for (SilentHost silent : new SilentHost[] {frozen, gone}) {
      long start = System.nanoTime();
      try (CruddurDb db = CruddurDb.open(url(silent + "," + server, 8))) {
        assertThat(db.dsl().fetchValue("SELECT 1")).isEqualTo(1);
      }
      assertThat(since(start)).isLessThan(Duration.ofSeconds(24));
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static ConnectionUrl url(String hosts, int seconds) {
    return ConnectionUrl.parse(
        "postgresql://postgres:postgres@"
            + hosts
            + "/postgres?sslmode=disable&connect_timeout="
            + seconds);
  }
}
