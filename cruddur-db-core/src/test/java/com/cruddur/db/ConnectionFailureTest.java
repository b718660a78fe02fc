package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cruddur.db.activities.FeedRequest;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectionFailureTest {

  private static final String CANARY = "canary-7f3a-secret";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SLACK = Duration.ofSeconds(2);
  private static int port;

  @BeforeAll
  static void makeUser() {
    TestServer.execute("CREATE ROLE connection_failure LOGIN");
    TestServer.execute("ALTER ROLE connection_failure CONNECTION LIMIT 0");
    port = TestServer.url().hosts().get(0).port();
  }

  @AfterAll
  static void dropUser() {
    TestServer.execute("DROP ROLE connection_failure");
  }

  @Test
  void namesTheDatabaseThatDoesNotExistAndWhatToDo() {
    assertFailure(
        "postgresql://postgres:%s@localhost:%d/nowhere".formatted(CANARY, port),
        "3D000",
        "localhost:" + port + "/nowhere as user postgres",
        "CREATE DATABASE");
  }

  @Test
  void saysThatNothingListens() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertFailure(
        "postgresql://u:%s@127.0.0.1:%d/d".formatted(CANARY, free),
        "08001",
        "127.0.0.1:" + free + "/d as user u",
        "nothing listens there");
  }

  @Test
  void saysThatTheHostIsUnknown() {
    assertFailure(
        "postgresql://u:%s@no-such-host.invalid/d".formatted(CANARY),
        "08001",
        "no-such-host.invalid:5432/d",
        "host name is unknown");
  }

  @Test
  void saysThatAServerDoesNotAnswer() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertFailure(
          "postgresql://u:%s@127.0.0.1:%d/d?connect_timeout=1"
              .formatted(CANARY, silent.getLocalPort()),
          "08001",
          "did not answer in time");
    }
  }

  @Test
  void saysThatThereAreTooManyConnections() {
    assertFailure(
        "postgresql://connection_failure:%s@localhost:%d/postgres".formatted(CANARY, port),
        "53300",
        "too many connections");
  }

  @Test
  void saysThatTheAddressCannotBeReached() {
    // A link-local address without the interface that it is for.
    assertFailure(
        "postgresql://u:%s@[fe80::1]/d".formatted(CANARY),
        "08001",
        "[fe80::1]:5432/d as user u",
        "this machine cannot reach the host",
        "Check the address");
  }

  @Test
  void saysWhatTheNetworkSaysOfAHost() {
    assertThat(describe(new NoRouteToHostException("No route to host")))
        .contains("cannot reach the host (No route to host). Check the address");
    assertThat(describe(new ConnectException("Connection timed out")))
        .contains("did not answer in time");
    assertThat(describe(new ConnectException("Connection refused"))).contains("nothing listens");
  }

  private static String describe(IOException failure) {
    SQLException around = new SQLException("The connection attempt failed.", "08001", failure);
    ConnectionUrl url = ConnectionUrl.parse("postgresql://u@h/d");
    return ConnectionProblem.describe(url, "u", true, around, false);
  }

  @Test
  void saysThatAllConnectionsAreInUse() throws SQLException {
    PoolSettings small =
        PoolSettings.builder().maximumSize(1).acquireTimeout(Duration.ofMillis(300)).build();
    try (CruddurDb db = CruddurDb.builder().url(TestServer.url()).pool(small).build();
        Connection taken = db.dataSource().getConnection()) {
      assertThat(taken.isClosed()).isFalse();
      long start = System.nanoTime();
      assertThatThrownBy(() -> db.dsl().fetchValue("SELECT 1"))
          .isInstanceOfSatisfying(
              ConnectionFailedException.class,
              failure -> assertThat(failure.sqlState()).contains("08001"))
          .hasMessageContainingAll(
              "1 of 1 connections to localhost:" + port + "/postgres as user postgres are in use",
              "raise maximumSize or acquireTimeout",
              "SQLSTATE 08001");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SLACK);
    }
  }

  @Test
  void refusesAUrlWithoutUser() {
    assertThatThrownBy(() -> CruddurDb.open(ConnectionUrl.parse("postgresql://localhost/d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no user");
  }

  @Test
  void saysWhatToDoAboutASchemaThatIsMissing() {
    try (CruddurDb db = CruddurDb.open(TestServer.emptyDatabase())) {
      assertThatThrownBy(() -> db.activities().home(FeedRequest.first(1)))
          .isInstanceOf(CruddurDbException.class)
          .hasMessageContaining("42P01")
          .hasMessageContaining("cruddur-db migrate");
    }
  }

  @Test
  void passesTheReasonOnWhenThePoolCannotConnect() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://u:" + CANARY + "@127.0.0.1:1/d");
    PoolSettings impatient = PoolSettings.builder().acquireTimeout(Duration.ofMillis(300)).build();
    try (HikariDataSource pool = PoolFactory.create(url, impatient);
        CruddurDb db = CruddurDb.using(pool)) {
      Throwable failure = catchThrowable(() -> db.activities().home(FeedRequest.first(1)));
      assertThat(failure)
          .isInstanceOf(ConnectionFailedException.class)
          .hasMessageContaining("127.0.0.1:1/d as user u")
          .hasMessageContaining("nothing listens there");
      assertNoSecret(failure);
      assertThat(pool.toString() + pool.getDataSourceProperties() + pool.getDataSource())
          .doesNotContain(CANARY);
      assertThat(pool.getPassword()).isNull();
    }
  }

  private static void assertFailure(String url, String sqlState, String... parts) {
    long start = System.nanoTime();
    Throwable failure = catchThrowable(() -> CruddurDb.open(ConnectionUrl.parse(url)));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CONNECT_TIMEOUT.plus(SLACK));
    assertThat(failure)
        .isInstanceOfSatisfying(
            ConnectionFailedException.class,
            connection -> assertThat(connection.sqlState()).contains(sqlState));
    assertThat(failure.getMessage()).contains(parts).contains(sqlState).doesNotContain("\n");
    assertNoSecret(failure);
  }

  private static void assertNoSecret(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(CANARY);
  }
}
