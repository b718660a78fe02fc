package com.cruddur.db;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a pool: their defaults, limits and reasons. {@link PoolSettings}, its builder and
 * the table of the guide all follow this list.
 */
enum PoolSetting {
  MAXIMUM_SIZE(
      "maximumSize",
      count(10, 2, 1),
      "",
      "PostgreSQL works best with few sessions: about two for each core it has, shared by all"
          + " programs"),
  MINIMUM_IDLE(
      "minimumIdle",
      count(1, 0, 0),
      "",
      "one is ready when a quiet program is asked; a frozen Lambda would only hold it up"),
  ACQUIRE_TIMEOUT(
      "acquireTimeout",
      time(10_000, 5_000, 250),
      "",
      "longer than a burst, shorter than the patience of whoever waits behind"),
  CONNECT_TIMEOUT(
      "connectTimeout",
      time(5_000, 2_000, 1_000),
      "connect_timeout",
      "network, TLS and login together, for all hosts together; Lambda itself ends after 3 s"),
  SOCKET_TIMEOUT(
      "socketTimeout",
      time(60_000, 60_000, 1_000),
      "",
      "a server that has vanished is noticed; more than the statement time-out, which ends"
          + " statements in a cleaner way"),
  STATEMENT_TIMEOUT(
      "statementTimeout",
      time(30_000, 30_000, 0),
      "options=-c statement_timeout=…",
      "no query of a feed needs it; one that does holds locks and a connection"),
  LOCK_TIMEOUT(
      "lockTimeout",
      time(10_000, 10_000, 0),
      "options=-c lock_timeout=…",
      "who waits behind a migration or a forgotten session fails before the callers pile up"),
  IDLE_IN_TRANSACTION_TIMEOUT(
      "idleInTransactionTimeout",
      time(60_000, 60_000, 0),
      "options=-c idle_in_transaction_session_timeout=…",
      "a program that hangs inside a transaction loses its locks, and vacuum can go on"),
  IDLE_TIMEOUT(
      "idleTimeout",
      time(300_000, 10_000, 10_000),
      "",
      "connections above minimumIdle go once a burst is over"),
  KEEPALIVE_TIME(
      "keepaliveTime",
      time(120_000, 120_000, 30_000),
      "",
      "an idle connection is used before firewalls and NAT gateways forget it (350 s on AWS)"),
  MAXIMUM_LIFETIME(
      "maximumLifetime",
      time(900_000, 900_000, 30_000),
      "",
      "below what proxies allow (RDS Proxy 30 min idle, PgBouncer 60 min), and a fail-over by DNS"
          + " reaches every connection");

  /** PostgreSQL counts in milliseconds of 32 bits. */
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private final String label;
  private final Kind kind;
  private final long usual;
  private final long onLambda;
  private final long least;
  private final String parameter;
  private final String reason;

  PoolSetting(String label, Numbers numbers, String parameter, String reason) {
    this.label = label;
    this.kind = numbers.kind();
    this.usual = numbers.usual();
    this.onLambda = numbers.onLambda();
    this.least = numbers.least();
    this.parameter = parameter;
    this.reason = reason;
  }

  private enum Kind {
    COUNT,
    TIME
  }

  private record Numbers(Kind kind, long usual, long onLambda, long least) {}

  private static Numbers count(long usual, long onLambda, long least) {
    return new Numbers(Kind.COUNT, usual, onLambda, least);
  }

  private static Numbers time(long usual, long onLambda, long least) {
    return new Numbers(Kind.TIME, usual, onLambda, least);
  }

  /** The name of the builder's method. */
  String label() {
    return label;
  }

  /** A count, or milliseconds. */
  long defaultValue(boolean lambda) {
    return lambda ? onLambda : usual;
  }

  long check(int value) {
    if (value < least) {
      throw refuse(show(least) + " or more", String.valueOf(value));
    }
    return value;
  }

  /** Parts of a millisecond are rounded up: where 0 stands for no limit, nothing may become 0. */
  long check(Duration value) {
    Objects.requireNonNull(value, label);
    Duration shortest = Duration.ofMillis(Math.max(1, least));
    boolean inRange = value.compareTo(shortest) >= 0 && value.compareTo(LONGEST) <= 0;
    if (!inRange && !(least == 0 && value.isZero())) {
      throw refuse(
          (least == 0 ? "0 for no limit, or " : "")
              + show(shortest.toMillis())
              + " or more and less than 24 days",
          value.toString());
    }
    return value.plusNanos(999_999).toMillis();
  }

  private IllegalArgumentException refuse(String possible, String value) {
    return new IllegalArgumentException(label + " must be " + possible + ", not " + value);
  }

  private String show(long value) {
    return kind == Kind.COUNT
        ? String.valueOf(value)
        : value % 1_000 == 0 ? value / 1_000 + " s" : value + " ms";
  }

  /** Returns its line of the guide's table. */
  String documentation() {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            label,
            show(usual),
            show(onLambda),
            parameter.isEmpty() ? "" : "`" + parameter + "`",
            reason);
  }
}
