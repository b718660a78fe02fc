package com.cruddur.db;

import static com.cruddur.db.PoolSetting.ACQUIRE_TIMEOUT;
import static com.cruddur.db.PoolSetting.IDLE_TIMEOUT;
import static com.cruddur.db.PoolSetting.KEEPALIVE_TIME;
import static com.cruddur.db.PoolSetting.MAXIMUM_LIFETIME;
import static com.cruddur.db.PoolSetting.MAXIMUM_SIZE;
import static com.cruddur.db.PoolSetting.MINIMUM_IDLE;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;

/**
 * Makes connection pools. A pool is made without connecting; its first use tells whether the
 * database can be reached. {@link CruddurDb#open()} connects at once.
 *
 * <p>Who waits for a connection is told within the connect time-out why none can be made, if the
 * pool holds none at all; while others are in use, one of them may come back and is waited for.
 *
 * <p>Every connection has UTC as its time zone. No password is in the pool's configuration, its
 * {@code toString} or JMX: the pool asks a data source that keeps it to itself.
 *
 * @since 0.1.0
 */
public final class PoolFactory {

  /** Half of the acquire time-out leaves time for a new connection after a dead one. */
  private static final long LONGEST_VALIDATION = 5_000;

  private static final long SHORTEST_VALIDATION = 250;

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
    Objects.requireNonNull(settings, "settings");
    return create(new DriverDataSource(url, settings), settings);
  }

  static CruddurPool create(DriverDataSource source, PoolSettings settings) {
    return source.pool(configure(source, settings));
  }

  private static HikariConfig configure(DriverDataSource source, PoolSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName(name(source.url()) + (settings.isForReader() ? "-reader" : ""));
    config.setMaximumPoolSize(settings.count(MAXIMUM_SIZE));
    setIdle(config, settings);
    config.setConnectionTimeout(settings.milliseconds(ACQUIRE_TIMEOUT));
    config.setValidationTimeout(
        Math.clamp(
            settings.milliseconds(ACQUIRE_TIMEOUT) / 2, SHORTEST_VALIDATION, LONGEST_VALIDATION));
    config.setKeepaliveTime(settings.milliseconds(KEEPALIVE_TIME));
    config.setMaxLifetime(settings.milliseconds(MAXIMUM_LIFETIME));
    config.setReadOnly(settings.isForReader() && !settings.behindTransactionPooler());
    config.setExceptionOverride(new EvictionRules(source.url(), settings.isForReader()));
    if (settings.metrics() != null) {
      config.setMetricsTrackerFactory(settings.metrics());
    }
    // The pool is made without connecting.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private static String name(ConnectionUrl url) {
    String database = url.database();
    boolean isShown = new Concealment(url, url.user().orElse("")).shows(database);
    return isShown ? "cruddur-" + database : "cruddur";
  }

  private static void setIdle(HikariConfig config, PoolSettings settings) {
    int minimum = Math.min(settings.count(MINIMUM_IDLE), config.getMaximumPoolSize());
    config.setMinimumIdle(minimum);
    // HikariCP warns of an idle time-out where no connection can be idle for too long.
    boolean fixedSize = minimum == config.getMaximumPoolSize();
    config.setIdleTimeout(fixedSize ? 0 : settings.milliseconds(IDLE_TIMEOUT));
  }
}
