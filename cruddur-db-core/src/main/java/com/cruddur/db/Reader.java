package com.cruddur.db;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.internal.ReadOnlyDataSource;
import com.cruddur.db.internal.Telemetry;
import com.cruddur.db.internal.WatchedDataSource;
import com.cruddur.db.json.JsonQueries;
import com.cruddur.db.users.UserDao;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What can be asked of the standbys. Closes their pool, if they have one. */
final class Reader implements CruddurQueries, AutoCloseable {

  private final DataSource dataSource;
  private final @Nullable HikariDataSource pool;
  private final @Nullable Clock clock;
  private final QuerySet queries;

  private Reader(DataSource dataSource, @Nullable HikariDataSource pool, @Nullable Clock clock) {
    this.dataSource = dataSource;
    this.pool = pool;
    this.clock = clock;
    this.queries = new QuerySet(dataSource, clock);
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

  @Override
  public UserDao users() {
    return queries.users();
  }

  @Override
  public ActivityDao activities() {
    return queries.activities();
  }

  @Override
  public JsonQueries json() {
    return queries.json();
  }

  @Override
  public DSLContext dsl() {
    return queries.dsl();
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T transaction(TransactionWork<T, E> work)
      throws E {
    return Transaction.run(dataSource, clock, Objects.requireNonNull(work, "work"));
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
