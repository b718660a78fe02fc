package com.cruddur.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;

/**
 * Makes connection pools. A pool is made without connecting; its first use tells whether the
 * database can be reached. {@link CruddurDb#open()} connects at once.
 *
 * <p>Every connection has UTC as its time zone. No password is in the pool's configuration, its
 * {@code toString} or JMX: the pool asks a data source that keeps it to itself.
 *
 * @since 0.1.0
 */
public final class PoolFactory {

  private PoolFactory() {}

  /**
   * Makes a pool for the database that the environment variable {@code CONNECTION_URL} names.
   *
   * @return a pool that the caller closes
   * @throws IllegalStateException if the variable is not set
   * @throws IllegalArgumentException if it holds no connection URI; the message names the faulty
   *     part
   */
  public static HikariDataSource fromEnvironment() {
    return create(ConnectionUrl.fromEnvironment());
  }

  /**
   * Makes a pool with the default settings.
   *
   * @param url the database
   * @return a pool that the caller closes
   * @throws IllegalArgumentException if the URL asks for what JDBC cannot do
   */
  public static HikariDataSource create(ConnectionUrl url) {
    return create(url, PoolSettings.builder().build());
  }

  /**
   * Makes a pool.
   *
   * @param url the database
   * @param settings size and time-outs
   * @return a pool that the caller closes
   * @throws IllegalArgumentException if the URL asks for what JDBC cannot do
   */
  public static HikariDataSource create(ConnectionUrl url, PoolSettings settings) {
    return create(new DriverDataSource(url, settings), settings);
  }

  static HikariDataSource create(DriverDataSource source, PoolSettings settings) {
    Objects.requireNonNull(settings, "settings");
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("cruddur-" + source.url().database());
    config.setMaximumPoolSize(settings.maximumSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.acquireTimeout().toMillis());
    config.setValidationTimeout(Math.min(5_000, settings.acquireTimeout().toMillis()));
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
