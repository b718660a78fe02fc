package com.cruddur.db;

import com.cruddur.db.internal.Connections;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at a database and never longer than it may. */
final class HealthCheck {

  private final SharedLook<ServerState> look;
  private final @Nullable HikariDataSource pool;

  HealthCheck(DataSource dataSource, @Nullable HikariDataSource pool) {
    this.look =
        new SharedLook<>("cruddur-db-health", () -> Connections.call(dataSource, ServerState::ask));
    this.pool = pool;
  }

  /**
   * Looks at the database and at what is read from beside it, both at once.
   *
   * @param reader null if nothing is read from beside it
   */
  Health look(Duration timeout, @Nullable HealthCheck reader) {
    long start = System.nanoTime();
    FutureTask<ServerState> own = look.begin();
    if (reader == null) {
      return await(own, timeout, start);
    }
    FutureTask<ServerState> readers = reader.look.begin();
    Health health = await(own, timeout, start);
    return health.with(reader.await(readers, timeout, start));
  }

  private Health await(FutureTask<ServerState> running, Duration timeout, long start) {
    try {
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      return health(SharedLook.await(running, left), null, start);
    } catch (TimeoutException late) {
      return health(null, "The database did not answer within " + seconds(timeout) + ".", start);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return health(null, "The look was interrupted.", start);
    } catch (ExecutionException failure) {
      return health(null, reason(failure.getCause()), start);
    }
  }

  private Health health(@Nullable ServerState state, @Nullable String error, long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    Health.Pool connections = pool == null ? null : connections(pool);
    return state == null
        ? new Health(false, null, null, null, null, connections, error, took, null)
        : new Health(
            true,
            state.version(),
            state.role(),
            state.replayLag(),
            state.schemaVersion(),
            connections,
            state.unknown(),
            took,
            null);
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
