package com.cruddur.db;

import com.cruddur.db.internal.SessionTimeZone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Logs in with what the provider says, and once more if the server refuses that and the provider
 * has something else. Says why there is no connection.
 */
final class Login {

  /** Wrong password or token, and no right to log in so (PostgreSQL manual, class 28). */
  private static final Set<String> REFUSALS = Set.of("28P01", "28000");

  private final Driver driver = new Driver();
  private final ConnectionUrl url;
  private final String jdbcUrl;
  private final Properties settings;
  private final CredentialsProvider provider;
  private final int socketTimeout;

  Login(ConnectionUrl url, PoolSettings poolSettings) {
    this.url = Objects.requireNonNull(url, "url");
    this.jdbcUrl = RdsTls.withMode(url).jdbcUrl();
    this.settings = DriverProperties.of(url, poolSettings);
    this.provider = poolSettings.credentials();
    this.socketTimeout = poolSettings.count(PoolSetting.SOCKET_TIMEOUT);
    if (isFromUrl()) {
      UrlCredentials.user(url);
    }
  }

  private boolean isFromUrl() {
    return provider == UrlCredentials.INSTANCE;
  }

  /** Returns a new connection in UTC. */
  Connection connect() throws SQLException {
    Credentials credentials = ask(() -> provider.credentials(url));
    try {
      return connect(credentials);
    } catch (SQLException refusal) {
      if (REFUSALS.contains(String.valueOf(refusal.getSQLState()))) {
        return connectAgain(credentials, refusal);
      }
      throw refusal;
    }
  }

  private Connection connectAgain(Credentials refused, SQLException refusal) throws SQLException {
    Credentials fresh;
    try {
      fresh = ask(() -> provider.afterRefusal(url, refused));
    } catch (SQLException noOthers) {
      refusal.addSuppressed(noOthers);
      throw refusal;
    }
    if (fresh.equals(refused)) {
      throw refusal;
    }
    return connect(fresh);
  }

  private Credentials ask(Supplier<Credentials> question) throws SQLException {
    try {
      return Objects.requireNonNull(question.get(), "The provider answered null");
    } catch (RuntimeException failure) {
      SQLException cause =
          new SQLException("No credentials: " + failure.getMessage(), "08001", failure);
      throw failed("(unknown)", cause, false);
    }
  }

  private Connection connect(Credentials credentials) throws SQLException {
    long start = System.nanoTime();
    try {
      Connection connection = driver.connect(jdbcUrl, with(credentials));
      return prepare(Objects.requireNonNull(connection, "The driver does not know its own URL"));
    } catch (SQLException failure) {
      throw failed(credentials.user(), failure, !timeLeft(start));
    }
  }

  private SQLException failed(String user, SQLException failure, boolean timedOut) {
    Concealment concealment = new Concealment(url, user);
    String message = ConnectionProblem.describe(url, user, isFromUrl(), failure, timedOut);
    return new SQLException(
        concealment.conceal(message), failure.getSQLState(), concealment.conceal(failure));
  }

  private boolean timeLeft(long start) {
    return timeout().isZero() || System.nanoTime() - start < timeout().toNanos();
  }

  /** How long a login may take; zero for as long as it likes. */
  Duration timeout() {
    int seconds = Integer.parseInt(PGProperty.LOGIN_TIMEOUT.getOrDefault(settings));
    return Duration.ofSeconds(Math.max(0, seconds));
  }

  private Properties with(Credentials credentials) {
    Properties properties = new Properties();
    properties.putAll(settings);
    PGProperty.USER.set(properties, credentials.user());
    // Without any, the driver would look for a password file.
    PGProperty.PASSWORD.set(properties, credentials.password());
    // Without any, the driver would ask at the console.
    PGProperty.SSL_PASSWORD.set(properties, url.sslPassword().orElse(""));
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
}
