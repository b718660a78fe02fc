package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/** A data source with what its queries are to be watched by. */
public final class WatchedDataSource extends DelegatingDataSource implements Telemetry.Watched {

  private final DataSource dataSource;
  private final Telemetry telemetry;

  /** Wraps a data source; its connections stay as they are. */
  public WatchedDataSource(DataSource dataSource, Telemetry telemetry) {
    this.dataSource = UtcDataSource.of(dataSource);
    this.telemetry = Objects.requireNonNull(telemetry, "telemetry");
  }

  @Override
  public Telemetry telemetry() {
    return telemetry;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return dataSource.getConnection();
  }
}
