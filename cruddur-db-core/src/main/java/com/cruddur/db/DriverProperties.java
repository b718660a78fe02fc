package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.APPLICATION_NAME;
import static com.cruddur.db.PoolSetting.CONNECT_TIMEOUT;
import static com.cruddur.db.PoolSetting.IDLE_IN_TRANSACTION_TIMEOUT;
import static com.cruddur.db.PoolSetting.LOCK_TIMEOUT;
import static com.cruddur.db.PoolSetting.STATEMENT_TIMEOUT;

import com.cruddur.db.internal.TimedSocketFactory;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGProperty;

/** What the driver is given besides user and password: the URL's parameters, then our defaults. */
final class DriverProperties {

  private static final String OLDEST_SUPPORTED_SERVER = "14";

  /** How long the driver remembers which of several hosts is the primary. */
  private static final int HOST_RECHECK_SECONDS = 2;

  private DriverProperties() {}

  static Properties of(ConnectionUrl url, PoolSettings settings) {
    Properties properties = RdsTls.withMode(url).driverProperties();
    boundLogin(properties, settings);
    shareLoginTime(url, properties);
    nameApplication(url, settings, properties);
    // The name goes with the first packet: no round trip, and the server's log has it.
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, OLDEST_SUPPORTED_SERVER);
    PGProperty.HOST_RECHECK_SECONDS.set(properties, HOST_RECHECK_SECONDS);
    // Else the driver puts the values of rows into the messages of its exceptions.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    if (settings.behindTransactionPooler()) {
      PGProperty.PREPARE_THRESHOLD.set(properties, 0);
    } else {
      setSessionDefaults(properties, settings);
    }
    if (settings.isForReader() && !settings.behindTransactionPooler()) {
      // One statement for each new connection, and none for each transaction. A start-up option
      // would cost nothing, but the driver would take every server for a standby.
      PGProperty.READ_ONLY_MODE.set(properties, "always");
    }
    RdsTls.complete(url, properties);
    return properties;
  }

  /** A name that was chosen goes before the URL's fallback, and that before one that was found. */
  private static void nameApplication(
      ConnectionUrl url, PoolSettings settings, Properties properties) {
    boolean namedByUrl = url.parameters().containsKey(APPLICATION_NAME.libpqName());
    if (settings.isNamed() && !namedByUrl) {
      PGProperty.APPLICATION_NAME.set(properties, settings.applicationName());
    } else {
      setDefault(properties, PGProperty.APPLICATION_NAME, settings.applicationName());
    }
  }

  /**
   * The driver's connect time-out ends with the TCP handshake, and counts for each host anew. The
   * other two bound the whole login: the first for all hosts, the second so that no thread is left
   * behind.
   */
  private static void boundLogin(Properties properties, PoolSettings settings) {
    setDefault(properties, PGProperty.CONNECT_TIMEOUT, seconds(settings.duration(CONNECT_TIMEOUT)));
    String seconds = PGProperty.CONNECT_TIMEOUT.getOrDefault(properties);
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
  }

  /**
   * The driver would let the first host that is silent use up the time of all. With a share for
   * each, and a second left over, one silent host never hides the others; {@code sslmode=prefer}
   * asks each of them twice.
   */
  private static void shareLoginTime(ConnectionUrl url, Properties properties) {
    int all = Integer.parseInt(PGProperty.CONNECT_TIMEOUT.getOrDefault(properties));
    int share = 0;
    if (all > 0 && url.hosts().size() > 1) {
      share = Math.max(1, (all - 1) / url.hosts().size());
      PGProperty.SOCKET_TIMEOUT.set(properties, share);
    }
    PGProperty.SOCKET_FACTORY.set(properties, TimedSocketFactory.class.getName());
    PGProperty.SOCKET_FACTORY_ARG.set(properties, String.valueOf(share));
  }

  /** Start-up options cost no round trip. Of two for one setting the last counts: the URL's. */
  private static void setSessionDefaults(Properties properties, PoolSettings settings) {
    String defaults =
        "-c statement_timeout=%d -c lock_timeout=%d -c idle_in_transaction_session_timeout=%d"
            .formatted(
                settings.milliseconds(STATEMENT_TIMEOUT),
                settings.milliseconds(LOCK_TIMEOUT),
                settings.milliseconds(IDLE_IN_TRANSACTION_TIMEOUT));
    String given = PGProperty.OPTIONS.getOrDefault(properties);
    PGProperty.OPTIONS.set(properties, given == null ? defaults : defaults + " " + given);
  }

  private static void setDefault(Properties properties, PGProperty property, String value) {
    properties.putIfAbsent(property.getName(), value);
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.plusNanos(999_999_999).toSeconds());
  }
}
