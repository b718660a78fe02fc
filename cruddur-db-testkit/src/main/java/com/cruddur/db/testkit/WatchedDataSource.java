package com.cruddur.db.testkit;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections are under watch. */
final class WatchedDataSource implements DataSource {

  private final DataSource dataSource;
  private final ConnectionWatch watch;
  private final Supplier<Optional<Connection>> ahead;

  /** Looks first whether a connection was opened ahead. */
  WatchedDataSource(
      DataSource dataSource, ConnectionWatch watch, Supplier<Optional<Connection>> ahead) {
    this.dataSource = dataSource;
    this.watch = watch;
    this.ahead = ahead;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Optional<Connection> open = ahead.get();
    return WatchedConnection.of(open.isPresent() ? open.get() : dataSource.getConnection(), watch);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return WatchedConnection.of(dataSource.getConnection(user, password), watch);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return dataSource.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) throws SQLException {
    dataSource.setLogWriter(writer);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    dataSource.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return dataSource.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return dataSource.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(dataSource) ? type.cast(dataSource) : dataSource.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(dataSource) || dataSource.isWrapperFor(type);
  }

  @Override
  public String toString() {
    return "watched " + dataSource.getClass().getSimpleName();
  }
}
