package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that falls silent behind a pool in use; upper bounds leave what a busy machine needs.
 */
@ParameterizedClass(name = "sslmode={0}")
@ValueSource(strings = {"disable", "require"})
class SilentServerTest {

  private static final Duration SOCKET = Duration.ofSeconds(3);
  private static final Duration ACQUIRE = Duration.ofSeconds(4);

  /** Half of the acquire time-out goes with the check of the idle connection, and here the rest. */
  private static final Duration CONNECT = ACQUIRE.dividedBy(2);

  private static final Duration SLACK = Duration.ofSeconds(2);

  @Parameter String sslmode;

  private PostgresProcess server;
  private CruddurDb db;

  @BeforeEach
  void start() throws Exception {
    server = PostgresProcess.createWithTls();
    PoolSettings settings =
        PoolSettings.builder()
            .maximumSize(2)
            .statementTimeout(Duration.ZERO)
            .socketTimeout(SOCKET)
            .acquireTimeout(ACQUIRE)
            .connectTimeout(CONNECT)
            .build();
    db = CruddurDb.builder().url(server.url(sslmode)).pool(settings).build();
  }

  @AfterEach
  void stop() throws Exception {
    db.close();
    server.close();
  }

  @Test
  void endsAStatementByTheSocketTimeout() throws Exception {
    CompletableFuture<Duration> call =
        CompletableFuture.supplyAsync(() -> fails("pg_sleep(60)")).orTimeout(30, TimeUnit.SECONDS);
    Thread.sleep(300);
    server.freeze();
    assertThat(call.join()).isBetween(SOCKET, SOCKET.plus(SLACK));
  }

  @Test
  void endsTheWaitForAConnectionByTheAcquireTimeoutAndOneCheck() throws Exception {
    db.dsl().fetchValue("SELECT 1");
    // A connection used in the last half second is lent without a check.
    Thread.sleep(700);
    server.freeze();
    long start = System.nanoTime();
    Throwable failure = catchThrowable(() -> db.users().findByHandle("ann"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(ACQUIRE.plus(ACQUIRE.dividedBy(2)).plus(SLACK));
    assertThat(failure)
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("127.0.0.1:" + server.port() + "/postgres as user postgres")
        .hasMessageContaining("did not answer in time")
        .hasMessageContaining("SQLSTATE 08");
    server.thaw();
    assertThat(isServedWithin(SLACK)).isTrue();
  }

  /** An attempt to connect that began while the server was frozen may still end in its time-out. */
  private boolean isServedWithin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    boolean served = false;
    while (!served && System.nanoTime() < end) {
      served = catchThrowable(() -> db.dsl().fetchValue("SELECT 1")) == null;
    }
    return served;
  }

  private Duration fails(String expression) {
    long start = System.nanoTime();
    Throwable failure = catchThrowable(() -> db.dsl().fetchValue("SELECT " + expression));
    assertThat(failure).hasStackTraceContaining("I/O error");
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
