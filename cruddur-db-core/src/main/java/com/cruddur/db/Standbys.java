package com.cruddur.db;

import com.cruddur.db.internal.ReadOnlyDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the standbys are, and how their pool is made. */
final class Standbys {

  private final DriverDataSource source;
  private final PoolSettings settings;

  private Standbys(ConnectionUrl url, PoolSettings settings) {
    this.settings = settings.forReader();
    this.source = new DriverDataSource(url, this.settings);
  }

  /**
   * Returns those of the URL that was given for them, or else those among the primary's hosts.
   *
   * @return null if the primary's host is the only one
   * @throws IllegalArgumentException if the URL asks for what JDBC cannot do
   */
  static @Nullable Standbys find(
      @Nullable ConnectionUrl given, ConnectionUrl primary, PoolSettings settings) {
    if (given != null) {
      return new Standbys(given, settings);
    }
    return primary.hosts().size() == 1 ? null : new Standbys(primary.asStandby(), settings);
  }

  CruddurPool createPool() {
    return PoolFactory.create(source, settings);
  }

  /** Returns the pool's connections, read-only, or others while it has none. */
  DataSource orElse(DataSource primary, CruddurPool pool) {
    // Behind a pooler no session can be made read-only, and each transaction has to be.
    DataSource readOnly = settings.behindTransactionPooler() ? new ReadOnlyDataSource(pool) : pool;
    return new ReaderDataSource(pool, readOnly, source::answers, primary);
  }
}
