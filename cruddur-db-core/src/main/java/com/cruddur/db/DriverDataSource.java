package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes new connections, all in UTC. It and the login below it alone meet the password. */
final class DriverDataSource extends DelegatingDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(PoolFactory.class);

  private final ConnectionUrl url;
  private final Login login;
  private final int socketTimeout;
  private final AtomicReference<@Nullable Connection> ahead = new AtomicReference<>();
  private volatile @Nullable CruddurPool pool;
  private volatile int loginTimeout;

  DriverDataSource(ConnectionUrl url, PoolSettings poolSettings) {
    this.url = Objects.requireNonNull(url, "url");
    this.login = new Login(url, poolSettings);
    this.socketTimeout = poolSettings.count(PoolSetting.SOCKET_TIMEOUT);
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
      ahead.set(login.connect());
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
      return connection == null ? login.connect() : connection;
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
