package com.cruddur.db;

import java.time.Duration;
import java.util.Objects;

/**
 * How large a pool is and how long its connections may wait. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class PoolSettings {

  private final int maximumSize;
  private final Duration acquireTimeout;
  private final Duration connectTimeout;
  private final Duration socketTimeout;

  private PoolSettings(Builder builder) {
    this.maximumSize = builder.maximumSize;
    this.acquireTimeout = builder.acquireTimeout;
    this.connectTimeout = builder.connectTimeout;
    this.socketTimeout = builder.socketTimeout;
  }

  /**
   * Returns a builder with the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  int maximumSize() {
    return maximumSize;
  }

  Duration acquireTimeout() {
    return acquireTimeout;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration socketTimeout() {
    return socketTimeout;
  }

  /**
   * Collects settings and checks each. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private int maximumSize = 10;
    private Duration acquireTimeout = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration socketTimeout = Duration.ofSeconds(60);

    private Builder() {}

    /**
     * Sets how many connections the pool may hold. The default is 10.
     *
     * @param connections 1 or more
     * @return this builder
     */
    public Builder maximumSize(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException("maximumSize must be 1 or more, not " + connections);
      }
      this.maximumSize = connections;
      return this;
    }

    /**
     * Sets how long a caller waits for a connection of the pool. The default is 10 seconds.
     *
     * @param timeout 250 milliseconds or more
     * @return this builder
     */
    public Builder acquireTimeout(Duration timeout) {
      this.acquireTimeout = atLeast(Duration.ofMillis(250), timeout, "acquireTimeout");
      return this;
    }

    /**
     * Sets how long a new connection may take, if the URL has no {@code connect_timeout}. The
     * default is 5 seconds.
     *
     * @param timeout 1 second or more; parts of a second are rounded up
     * @return this builder
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = atLeast(Duration.ofSeconds(1), timeout, "connectTimeout");
      return this;
    }

    /**
     * Sets how long a connection waits for the server's answer before it is given up. The default
     * is 60 seconds.
     *
     * @param timeout 1 second or more; parts of a second are rounded up
     * @return this builder
     */
    public Builder socketTimeout(Duration timeout) {
      this.socketTimeout = atLeast(Duration.ofSeconds(1), timeout, "socketTimeout");
      return this;
    }

    /**
     * Returns the settings.
     *
     * @return settings that this builder no longer changes
     */
    public PoolSettings build() {
      return new PoolSettings(this);
    }

    private static Duration atLeast(Duration least, Duration value, String name) {
      if (Objects.requireNonNull(value, name).compareTo(least) < 0) {
        throw new IllegalArgumentException(name + " must be " + least + " or more, not " + value);
      }
      return value;
    }
  }
}
