package com.cruddur.db;

import com.cruddur.db.internal.Connections;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a database and never longer than it may. What is asked runs on a thread of its own; one
 * look at a time, so that a frozen server gathers neither threads nor connections.
 */
final class HealthCheck {

  private final DataSource dataSource;
  private final @Nullable HikariDataSource pool;
  private final AtomicReference<@Nullable FutureTask<ServerState>> running =
      new AtomicReference<>();

  HealthCheck(DataSource dataSource, @Nullable HikariDataSource pool) {
    this.dataSource = dataSource;
    this.pool = pool;
  }

  Health look(Duration timeout) {
    long start = System.nanoTime();
    try {
      return health(task().get(timeout.toNanos(), TimeUnit.NANOSECONDS), null, start);
    } catch (TimeoutException late) {
      return health(null, "The database did not answer within " + seconds(timeout) + ".", start);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return health(null, "The look was interrupted.", start);
    } catch (ExecutionException failure) {
      return health(null, reason(failure.getCause()), start);
    }
  }

  private FutureTask<ServerState> task() {
    FutureTask<ServerState> current = running.get();
    if (current != null && !current.isDone()) {
      return current;
    }
    FutureTask<ServerState> next =
        new FutureTask<>(() -> Connections.call(dataSource, ServerState::ask));
    if (running.compareAndSet(current, next)) {
      Thread.ofVirtual().name("cruddur-db-health").start(next);
      return next;
    }
    return task();
  }

  private Health health(@Nullable ServerState state, @Nullable String error, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Health.Pool connections = pool == null ? null : connections(pool);
    return state == null
        ? new Health(false, null, null, null, null, connections, error, took)
        : new Health(
            true,
            state.version(),
            state.role(),
            state.replayLag(),
            state.schemaVersion(),
            connections,
            state.unknown(),
            took);
  }

  private static Health.@Nullable Pool connections(HikariDataSource pool) {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    return bean == null
        ? null
        : new Health.Pool(
            bean.getActiveConnections(),
            bean.getIdleConnections(),
            bean.getThreadsAwaitingConnection(),
            pool.getMaximumPoolSize());
  }

  /** The library's messages hold no secret; of others only the kind is told. */
  private static String reason(@Nullable Throwable failure) {
    return failure instanceof CruddurDbException known
        ? String.valueOf(known.getMessage())
        : "The look failed with " + (failure == null ? "nothing" : failure.getClass().getName());
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() / 1_000.0 + " s";
  }
}
