package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import com.cruddur.db.internal.SessionTimeZone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes new connections, all in UTC, and says why one could not be made. It alone knows the
 * password.
 */
final class DriverDataSource extends DelegatingDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(PoolFactory.class);

  private final Driver driver = new Driver();
  private final ConnectionUrl url;
  private final String jdbcUrl;
  private final Properties settings;
  private final int socketTimeout;
  private final AtomicReference<@Nullable Connection> ahead = new AtomicReference<>();
  private volatile @Nullable CruddurPool pool;
  private volatile int loginTimeout;

  DriverDataSource(ConnectionUrl url, PoolSettings poolSettings) {
    this.url = Objects.requireNonNull(url, "url");
    this.jdbcUrl = url.jdbcUrl();
    this.settings = DriverProperties.of(url, poolSettings);
    this.socketTimeout = poolSettings.count(PoolSetting.SOCKET_TIMEOUT);
    if (url.user().isEmpty()) {
      throw new IllegalArgumentException(
          "The connection URL names no user. Write postgresql://user:password@host:5432/database");
    }
    warnOfParametersWithoutEffect(url.parametersWithoutEffect());
  }

  private static void warnOfParametersWithoutEffect(List<String> parameters) {
    if (!parameters.isEmpty()) {
      LOG.warn(
          "JDBC cannot honour these parameters of the connection URL: {}. Leave them out; set them in"
              + " the operating system (net.ipv4.tcp_keepalive_time and the like) if they are"
              + " needed.",
          String.join(", ", parameters));
    }
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

  /** Closes the connection that was made ahead, if no pool has asked for it. */
  void closeAhead() {
    try (Connection unused = ahead.getAndSet(null)) {
      LOG.trace("A connection made ahead: {}", unused == null ? "was used" : "is closed");
    } catch (SQLException broken) {
      LOG.debug("A connection made ahead could not be closed", broken);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = ahead.getAndSet(null);
    try {
      return connection == null ? connect() : connection;
    } catch (SQLException failure) {
      CruddurPool served = pool;
      if (served != null && served.isWaitedForInVain()) {
        return served.failedConnection(failure, socketTimeout);
      }
      throw failure;
    }
  }

  /** Sets the pool whose waiting callers are told at once when no connection can be made. */
  void serve(CruddurPool pool) {
    this.pool = pool;
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
      connection.setNetworkTimeout(Runnable::run, socketTimeout);
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
