package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listens is no PostgreSQL, or goes away during the login. */
class StrangePeerTest {

  private static final Duration SLACK = Duration.ofSeconds(2);

  @ParameterizedTest
  @ValueSource(strings = {"disable", "prefer", "require"})
  void isToldByItsProtocol(String sslmode) throws Exception {
    assertFailure(
        StrangePeer.SPEAKS_HTTP, sslmode, "08P01", "does not speak PostgreSQL's protocol");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "prefer", "require"})
  void isSaidToCloseTheConnection(String sslmode) throws Exception {
    for (StrangePeer.Manners manners :
        new StrangePeer.Manners[] {StrangePeer.CLOSES, StrangePeer.RESETS}) {
      assertFailure(manners, sslmode, "08001", "closed during the login", "the server's log");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefer", "require"})
  void isSaidToCloseTheConnectionInTheHandshakeToo(String sslmode) throws Exception {
    assertFailure(StrangePeer.RESETS_HANDSHAKE, sslmode, "08006", "closed during the login");
  }

  @ParameterizedTest
  @CsvSource({
    "any, none of the hosts could be reached",
    "prefer-standby, none of the hosts could be reached",
    "primary, no host that can be reached is what target_session_attrs asks for"
  })
  void isPassedOverWhenItIsNamedTwice(String wanted, String reason) throws Exception {
    try (SilentHost silent = SilentHost.accepting()) {
      String hosts = String.join(",", silent.toString(), silent.toString(), silent.toString());
      assertFailure(hosts, "disable&target_session_attrs=" + wanted, 3, "08001", reason);
    }
  }

  @org.junit.jupiter.api.Test
  void isOneOfThreeThatAreSilent() throws Exception {
    try (SilentHost one = SilentHost.accepting();
        SilentHost two = SilentHost.accepting();
        SilentHost three = SilentHost.accepting()) {
      assertFailure(one + "," + two + "," + three, "disable", 3, "08001", "did not answer in time");
    }
  }

  private static void assertFailure(
      StrangePeer.Manners manners, String sslmode, String state, String... parts) throws Exception {
    try (StrangePeer peer = new StrangePeer(manners)) {
      assertFailure(peer.toString(), sslmode, 2, state, parts);
    }
  }

  private static void assertFailure(
      String hosts, String sslmode, int seconds, String state, String... parts) {
    ConnectionUrl url =
        ConnectionUrl.parse(
            "postgresql://u:p@%s/d?connect_timeout=%d&sslmode=%s"
                .formatted(hosts, seconds, sslmode));
    long start = System.nanoTime();
    ConnectionFailedException failure =
        catchThrowableOfType(ConnectionFailedException.class, () -> CruddurDb.open(url).close());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(seconds).plus(SLACK));
    assertThat(failure.sqlState()).contains(state);
    assertThat(failure)
        .message()
        .contains(parts)
        .contains("Cannot connect to " + hosts + "/d as user u: ", "SQLSTATE " + state, "Check ");
  }
}
