package com.cruddur.db;

import static com.cruddur.db.PoolSetting.ACQUIRE_TIMEOUT;
import static com.cruddur.db.PoolSetting.CONNECT_TIMEOUT;
import static com.cruddur.db.PoolSetting.IDLE_IN_TRANSACTION_TIMEOUT;
import static com.cruddur.db.PoolSetting.IDLE_TIMEOUT;
import static com.cruddur.db.PoolSetting.KEEPALIVE_TIME;
import static com.cruddur.db.PoolSetting.LOCK_TIMEOUT;
import static com.cruddur.db.PoolSetting.MAXIMUM_LIFETIME;
import static com.cruddur.db.PoolSetting.MAXIMUM_SIZE;
import static com.cruddur.db.PoolSetting.MINIMUM_IDLE;
import static com.cruddur.db.PoolSetting.SOCKET_TIMEOUT;
import static com.cruddur.db.PoolSetting.STATEMENT_TIMEOUT;

import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How large a pool is, how long its connections may wait, and what its sessions are called.
 * Immutable and thread-safe.
 *
 * <p>Inside AWS Lambda, which is known by {@code AWS_LAMBDA_FUNCTION_NAME}, a pool holds at most
 * two connections, keeps none that is idle, and connects within 2 seconds.
 *
 * @since 0.1.0
 */
public final class PoolSettings {

  private final Map<PoolSetting, Long> values;
  private final String applicationName;
  private final boolean named;
  private final boolean behindTransactionPooler;
  private final CredentialsProvider credentials;
  private final boolean forReader;
  private final @Nullable MetricsTrackerFactory metrics;

  private PoolSettings(Builder builder) {
    this.values = new EnumMap<>(builder.values);
    this.applicationName = builder.applicationName;
    this.named = builder.named;
    this.behindTransactionPooler = builder.behindTransactionPooler;
    this.credentials = builder.credentials;
    this.metrics = builder.metrics;
    this.forReader = false;
  }

  /** The same settings, for sessions that only read. */
  private PoolSettings(PoolSettings settings) {
    this.values = settings.values;
    this.applicationName = settings.applicationName;
    this.named = settings.named;
    this.behindTransactionPooler = settings.behindTransactionPooler;
    this.credentials = settings.credentials;
    this.metrics = settings.metrics;
    this.forReader = true;
  }

  /**
   * Returns a builder with the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return builder(System.getenv(), System.getProperties());
  }

  static Builder builder(Map<String, String> environment, Properties system) {
    return new Builder(
        environment.containsKey(ProgramName.LAMBDA), ProgramName.of(environment, system));
  }

  private void require(PoolSetting smaller, PoolSetting larger) {
    if (milliseconds(smaller) >= milliseconds(larger)) {
      throw new IllegalArgumentException(
          "%1$s must be less than %2$s: %1$s is %3$s, %2$s %4$s. Set both."
              .formatted(smaller.label(), larger.label(), duration(smaller), duration(larger)));
    }
  }

  int count(PoolSetting setting) {
    return Math.toIntExact(milliseconds(setting));
  }

  long milliseconds(PoolSetting setting) {
    return Objects.requireNonNull(values.get(setting));
  }

  Duration duration(PoolSetting setting) {
    return Duration.ofMillis(milliseconds(setting));
  }

  String applicationName() {
    return applicationName;
  }

  /** Whether the name was chosen, and not found. */
  boolean isNamed() {
    return named;
  }

  boolean behindTransactionPooler() {
    return behindTransactionPooler;
  }

  PoolSettings forReader() {
    return new PoolSettings(this);
  }

  boolean isForReader() {
    return forReader;
  }

  @Nullable MetricsTrackerFactory metrics() {
    return metrics;
  }

  CredentialsProvider credentials() {
    return credentials;
  }

  /**
   * Collects settings and checks each. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final Map<PoolSetting, Long> values = new EnumMap<>(PoolSetting.class);
    private String applicationName;
    private boolean named;
    private boolean behindTransactionPooler;
    private CredentialsProvider credentials = UrlCredentials.INSTANCE;
    private @Nullable MetricsTrackerFactory metrics;

    private Builder(boolean lambda, String applicationName) {
      this.applicationName = applicationName;
      for (PoolSetting setting : PoolSetting.values()) {
        values.put(setting, setting.defaultValue(lambda));
      }
    }

    /**
     * Sets how many connections the pool may hold. The default is 10, on Lambda 2.
     *
     * @param connections 1 or more
     * @return this builder
     */
    public Builder maximumSize(int connections) {
      values.put(MAXIMUM_SIZE, MAXIMUM_SIZE.check(connections));
      return this;
    }

    /**
     * Sets how many idle connections the pool keeps ready; more than its size has no effect. The
     * default is 1, on Lambda 0.
     *
     * @param connections 0 or more
     * @return this builder
     */
    public Builder minimumIdle(int connections) {
      values.put(MINIMUM_IDLE, MINIMUM_IDLE.check(connections));
      return this;
    }

    /**
     * Sets how long a caller waits for a connection of the pool. The default is 10 seconds, on
     * Lambda 5.
     *
     * @param timeout 250 milliseconds or more
     * @return this builder
     */
    public Builder acquireTimeout(Duration timeout) {
      values.put(ACQUIRE_TIMEOUT, ACQUIRE_TIMEOUT.check(timeout));
      return this;
    }

    /**
     * Sets how long a new connection may take, login included and for all hosts together, if the
     * URL has no {@code connect_timeout}. The default is 5 seconds, on Lambda 2.
     *
     * @param timeout 1 second or more; parts of a second are rounded up
     * @return this builder
     */
    public Builder connectTimeout(Duration timeout) {
      values.put(CONNECT_TIMEOUT, CONNECT_TIMEOUT.check(timeout));
      return this;
    }

    /**
     * Sets how long a connection waits for the server's answer before it is given up. The default
     * is 60 seconds.
     *
     * @param timeout 1 second or more, and more than the statement time-out, if there is one
     * @return this builder
     */
    public Builder socketTimeout(Duration timeout) {
      values.put(SOCKET_TIMEOUT, SOCKET_TIMEOUT.check(timeout));
      return this;
    }

    /**
     * Sets how long the server works on one statement ({@code statement_timeout}). The default is
     * 30 seconds.
     *
     * @param timeout 1 millisecond or more, or 0 for no limit
     * @return this builder
     */
    public Builder statementTimeout(Duration timeout) {
      values.put(STATEMENT_TIMEOUT, STATEMENT_TIMEOUT.check(timeout));
      return this;
    }

    /**
     * Sets how long a statement waits for a lock ({@code lock_timeout}). The default is 10 seconds.
     *
     * @param timeout 1 millisecond or more, or 0 for no limit
     * @return this builder
     */
    public Builder lockTimeout(Duration timeout) {
      values.put(LOCK_TIMEOUT, LOCK_TIMEOUT.check(timeout));
      return this;
    }

    /**
     * Sets how long a transaction may do nothing before the server ends its session ({@code
     * idle_in_transaction_session_timeout}). The default is 60 seconds.
     *
     * @param timeout 1 millisecond or more, or 0 for no limit
     * @return this builder
     */
    public Builder idleInTransactionTimeout(Duration timeout) {
      values.put(IDLE_IN_TRANSACTION_TIMEOUT, IDLE_IN_TRANSACTION_TIMEOUT.check(timeout));
      return this;
    }

    /**
     * Sets how long a connection above {@link #minimumIdle} stays unused before it is closed. The
     * default is 5 minutes, on Lambda 10 seconds.
     *
     * @param time 10 seconds or more
     * @return this builder
     */
    public Builder idleTimeout(Duration time) {
      values.put(IDLE_TIMEOUT, IDLE_TIMEOUT.check(time));
      return this;
    }

    /**
     * Sets how often an idle connection is used, so that nothing on the way forgets it. The default
     * is 2 minutes.
     *
     * @param time 30 seconds or more, and less than the maximum lifetime
     * @return this builder
     */
    public Builder keepaliveTime(Duration time) {
      values.put(KEEPALIVE_TIME, KEEPALIVE_TIME.check(time));
      return this;
    }

    /**
     * Sets how old a connection may become; one in use is closed when it is given back. The default
     * is 15 minutes.
     *
     * @param time 30 seconds or more
     * @return this builder
     */
    public Builder maximumLifetime(Duration time) {
      values.put(MAXIMUM_LIFETIME, MAXIMUM_LIFETIME.check(time));
      return this;
    }

    /**
     * Sets what the sessions are called in {@code pg_stat_activity}, if the URL has no {@code
     * application_name}. The default is the URL's {@code fallback_application_name}, or else the
     * name of the Lambda function, of the jar or of the main class.
     *
     * @param name printable ASCII characters, 1 to 63
     * @return this builder
     */
    public Builder applicationName(String name) {
      if (!Objects.requireNonNull(name, "name").matches("[ -~]{1,63}")) {
        throw new IllegalArgumentException(
            "applicationName must be 1 to 63 printable ASCII characters, not "
                + name.length()
                + ": "
                + name.replaceAll("[^ -~]", "\ufffd"));
      }
      this.applicationName = name;
      this.named = true;
      return this;
    }

    /**
     * Makes the pool fit for a pooler in transaction mode, such as PgBouncer: no prepared
     * statements that outlive a transaction, and no session settings at the start, which such a
     * pooler refuses or drops. Set the time-outs on the role instead: {@code ALTER ROLE … SET
     * statement_timeout = …}. The default is a direct connection.
     *
     * @return this builder
     */
    public Builder transactionPooler() {
      this.behindTransactionPooler = true;
      return this;
    }

    /**
     * Sets what is asked for user and password before each new connection. The default takes both
     * from the URL; with another provider the URL needs neither.
     *
     * @param provider thread-safe; the caller closes what it holds
     * @return this builder
     */
    public Builder credentials(CredentialsProvider provider) {
      this.credentials = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /**
     * Sets what the pool tells how it does, such as HikariCP's {@code new
     * MicrometerMetricsTrackerFactory(registry)}, which needs Micrometer. The default is nobody.
     *
     * @param factory of HikariCP, or your own
     * @return this builder
     */
    public Builder metrics(MetricsTrackerFactory factory) {
      this.metrics = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /**
     * Returns the settings.
     *
     * @return settings that this builder no longer changes
     * @throws IllegalArgumentException if {@code keepaliveTime} is not below {@code
     *     maximumLifetime}, or {@code statementTimeout} not below {@code socketTimeout}
     */
    public PoolSettings build() {
      PoolSettings settings = new PoolSettings(this);
      settings.require(KEEPALIVE_TIME, MAXIMUM_LIFETIME);
      if (!behindTransactionPooler) {
        // Else every slow statement would cost its connection, and go on at the server.
        settings.require(STATEMENT_TIMEOUT, SOCKET_TIMEOUT);
      }
      return settings;
    }
  }
}
