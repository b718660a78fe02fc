package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import com.cruddur.db.internal.SessionTimeZone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Makes new connections, all in UTC, and says why one could not be made. It alone knows the
 * password.
 */
final class DriverDataSource extends DelegatingDataSource {

  private final Driver driver = new Driver();
  private final ConnectionUrl url;
  private final String jdbcUrl;
  private final Properties settings;
  private final Duration socketTimeout;
  private final AtomicReference<@Nullable Connection> ahead = new AtomicReference<>();
  private volatile int loginTimeout;

  DriverDataSource(ConnectionUrl url, PoolSettings poolSettings) {
    this.url = Objects.requireNonNull(url, "url");
    this.jdbcUrl = url.jdbcUrl();
    this.settings = withDefaults(url.driverProperties(), poolSettings);
    this.socketTimeout = poolSettings.socketTimeout();
    if (url.user().isEmpty()) {
      throw new IllegalArgumentException(
          "The connection URL names no user. Write postgresql://user:password@host:5432/database");
    }
  }

  private static Properties withDefaults(Properties properties, PoolSettings poolSettings) {
    setDefault(properties, PGProperty.CONNECT_TIMEOUT, seconds(poolSettings.connectTimeout()));
    // The driver's connect time-out ends with the TCP handshake, and counts for each host anew.
    // These
    // two bound the whole login: the first for all hosts, the second so that no thread is left
    // behind.
    PGProperty.LOGIN_TIMEOUT.set(properties, PGProperty.CONNECT_TIMEOUT.getOrDefault(properties));
    PGProperty.SOCKET_TIMEOUT.set(properties, PGProperty.CONNECT_TIMEOUT.getOrDefault(properties));
    setDefault(properties, PGProperty.TCP_KEEP_ALIVE, "true");
    setDefault(properties, PGProperty.APPLICATION_NAME, "cruddur-db");
    // Else the driver puts the values of rows into the messages of its exceptions.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return properties;
  }

  private static void setDefault(Properties properties, PGProperty property, String value) {
    properties.putIfAbsent(property.getName(), value);
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.plusNanos(999_999_999).toSeconds());
  }

  ConnectionUrl url() {
    return url;
  }

  /**
   * Connects now and keeps the connection for the next who asks: a pool that is about to be made.
   */
  void connectAhead() {
    try {
      ahead.set(connect());
    } catch (SQLException failure) {
      throw new ConnectionFailedException(String.valueOf(failure.getMessage()), failure.getCause());
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = ahead.getAndSet(null);
    return connection == null ? connect() : connection;
  }

  private Connection connect() throws SQLException {
    long start = System.nanoTime();
    try {
      Connection connection = driver.connect(jdbcUrl, withCredentials());
      return prepare(Objects.requireNonNull(connection, "The driver does not know its own URL"));
    } catch (SQLException failure) {
      boolean timedOut = !loginTimeLeft(start);
      throw new SQLException(
          ConnectionProblem.describe(url, failure, timedOut), failure.getSQLState(), failure);
    }
  }

  private boolean loginTimeLeft(long start) {
    int seconds = Integer.parseInt(PGProperty.LOGIN_TIMEOUT.getOrDefault(settings));
    return seconds <= 0 || System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos();
  }

  private Properties withCredentials() {
    Properties properties = new Properties();
    properties.putAll(settings);
    url.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    // Without any, the driver would look for a password file.
    PGProperty.PASSWORD.set(properties, url.password().orElse(""));
    url.sslPassword().ifPresent(password -> PGProperty.SSL_PASSWORD.set(properties, password));
    return properties;
  }

  private Connection prepare(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(
          Runnable::run, (int) Math.min(Integer.MAX_VALUE, socketTimeout.toMillis()));
      if (!SessionTimeZone.isUtc(SessionTimeZone.of(connection))) {
        SessionTimeZone.set(connection, SessionTimeZone.UTC);
      }
      return connection;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /** The pool sets it and waits as long for its threads; connect_timeout is what bounds a login. */
  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  /** Names the database and no secret. */
  @Override
  public String toString() {
    return "DriverDataSource[" + url + "]";
  }
}
