package com.cruddur.db;

import com.cruddur.db.internal.ReadOnlyDataSource;
import com.cruddur.db.internal.Telemetry;
import com.cruddur.db.internal.WatchedDataSource;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What can be asked of the standbys. Closes their pool, if they have one. */
final class Reader extends QuerySet implements AutoCloseable {

  private final @Nullable HikariDataSource pool;
  private final @Nullable HealthCheck health;

  private Reader(DataSource dataSource, @Nullable HikariDataSource pool, @Nullable Clock clock) {
    super(dataSource, clock);
    this.pool = pool;
    this.health = pool == null ? null : new HealthCheck(source(), pool);
  }

  /** Reads from standbys if there are any; does not connect yet. */
  static Reader of(
      @Nullable Standbys standbys, DataSource primary, @Nullable Clock clock, Telemetry telemetry) {
    DataSource readOnly = new ReadOnlyDataSource(primary);
    if (standbys == null) {
      return new Reader(new WatchedDataSource(readOnly, telemetry), null, clock);
    }
    CruddurPool pool = standbys.createPool();
    DataSource either = standbys.orElse(readOnly, pool);
    return new Reader(new WatchedDataSource(either, telemetry), pool, clock);
  }

  /** Returns what looks at the standbys, or null if there are none. */
  @Nullable HealthCheck health() {
    return health;
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
