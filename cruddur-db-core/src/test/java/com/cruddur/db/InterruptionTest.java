package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterruptionTest {

  private static final PoolSettings ONE =
      PoolSettings.builder().maximumSize(1).acquireTimeout(Duration.ofSeconds(60)).build();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsTheWaitForAConnectionAtOnceAndLosesNone(boolean virtual) throws Exception {
    try (CruddurDb db = CruddurDb.builder().url(TestServer.url()).pool(ONE).build()) {
      HikariDataSource pool = (HikariDataSource) db.dataSource();
      Interrupted waiting;
      try (Connection taken = pool.getConnection()) {
        waiting = new Interrupted(virtual, () -> db.users().findByHandle("ann"));
        while (pool.getHikariPoolMXBean().getThreadsAwaitingConnection() == 0) {
          Thread.onSpinWait();
        }
        waiting.interruptAndAssertEnd();
        assertThat(taken.isValid(1)).isTrue();
      }
      assertThat(waiting.failure.get())
          .isInstanceOf(ConnectionFailedException.class)
          .hasMessageContaining("Interrupted");
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
      assertThat(db.dsl().fetchValue("SELECT 1")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsTheOpeningOfADatabaseThatIsSilent(boolean virtual) throws Exception {
    try (SilentHost silent = SilentHost.accepting()) {
      ConnectionUrl url = ConnectionUrl.parse("postgresql://u@" + silent + "/d?connect_timeout=60");
      Interrupted opening = new Interrupted(virtual, () -> CruddurDb.open(url));
      Thread.sleep(300);
      opening.interruptAndAssertEnd();
      assertThat(opening.failure.get())
          .isInstanceOf(ConnectionFailedException.class)
          .hasMessageContaining("the thread was interrupted");
    }
  }

  /** A call on a thread of its own, and how it ended. */
  private static final class Interrupted {

    final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean flag = new AtomicBoolean();
    private final Thread thread;

    Interrupted(boolean virtual, Runnable call) throws InterruptedException {
      CountDownLatch started = new CountDownLatch(1);
      Runnable work =
          () -> {
            started.countDown();
            failure.set(catchThrowable(call::run));
            flag.set(Thread.currentThread().isInterrupted());
          };
      thread = virtual ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work);
      started.await();
    }

    void interruptAndAssertEnd() throws InterruptedException {
      thread.interrupt();
      assertThat(thread.join(Duration.ofSeconds(5))).as("ended").isTrue();
      assertThat(flag).as("interrupt flag").isTrue();
    }
  }
}
