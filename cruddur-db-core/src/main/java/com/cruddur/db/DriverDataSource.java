package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
  private final boolean forReader;
  private final AtomicReference<@Nullable Connection> ahead = new AtomicReference<>();
  private volatile @Nullable PoolConnector connector;
  private volatile int loginTimeout;

  DriverDataSource(ConnectionUrl url, PoolSettings poolSettings) {
    this.url = Objects.requireNonNull(url, "url");
    this.login = new Login(url, poolSettings);
    this.socketTimeout = poolSettings.count(PoolSetting.SOCKET_TIMEOUT);
    this.forReader = poolSettings.isForReader();
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
    PoolConnector served = connector;
    if (connection != null && isAlive(connection)) {
      return connection;
    }
    return served == null ? login.connect() : served.connect();
  }

  /**
   * A pool whose very first connection is dead never learns the isolation level, and refuses all
   * later ones for it.
   */
  private static boolean isAlive(Connection connection) throws SQLException {
    boolean alive = connection.isValid(1);
    if (!alive) {
      connection.close();
    }
    return alive;
  }

  /** Logs in beside the pool, to see whether the server is there: it is also when it is full. */
  boolean answers() {
    try (Connection connection = login.connect()) {
      LOG.trace("{} answers", connection);
      return true;
    } catch (SQLException failure) {
      LOG.debug("{} does not answer", this, failure);
      return "53300".equals(failure.getSQLState());
    }
  }

  /** Makes a pool of these connections, whose callers are told why none can be made. */
  CruddurPool pool(HikariConfig config) {
    boolean wasThere = ahead.get() != null;
    String user = url.user().orElse("(unknown)");
    String place = new Concealment(url, user).conceal(ConnectionProblem.place(url, user));
    CruddurPool pool = new CruddurPool(config, socketTimeout, place);
    connector = new PoolConnector(pool, login::connect, patience(config), wasThere);
    return pool;
  }

  /** A reader does not wait for its standbys to come back: the primary answers meanwhile. */
  private Duration patience(HikariConfig config) {
    Duration half = Duration.ofMillis(config.getConnectionTimeout() / 2);
    Duration longest = login.timeout().isZero() ? half : login.timeout();
    return forReader ? Duration.ZERO : longest.compareTo(half) < 0 ? longest : half;
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
