package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.DBNAME;
import static com.cruddur.db.ConnectionParameter.HOST;
import static com.cruddur.db.ConnectionParameter.PASSWORD;
import static com.cruddur.db.ConnectionParameter.SSLPASSWORD;
import static com.cruddur.db.ConnectionParameter.TARGET_SESSION_ATTRS;
import static com.cruddur.db.ConnectionParameter.USER;
import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database, read from a libpq connection URI.
 *
 * <p>Every part means what it means to libpq 18 (PostgreSQL manual, "Connection URIs" and
 * "Parameter Key Words"): percent-encoding, several hosts, IPv6, parameters that override the rest.
 * {@link #parse} accepts what libpq can read; {@link #jdbcUrl()} and {@link #driverProperties()}
 * refuse what libpq refuses when it connects, and what JDBC cannot honour.
 *
 * <p>Immutable and thread-safe. {@link #toString()} never contains the password, and no exception
 * does.
 *
 * @since 0.1.0
 */
public final class ConnectionUrl {

  private static final String DEFAULT_VARIABLE = "CONNECTION_URL";
  private static final int LARGEST_PORT = 65535;

  private final Map<ConnectionParameter, String> values;
  private final UnescapedCharacters suspects;

  ConnectionUrl(Map<ConnectionParameter, String> values, UnescapedCharacters suspects) {
    Map<ConnectionParameter, String> copy = new EnumMap<>(ConnectionParameter.class);
    copy.putAll(values);
    this.values = Collections.unmodifiableMap(copy);
    this.suspects = suspects;
  }

  /**
   * Reads a libpq connection URI such as {@code
   * postgresql://user:secret@host:5432/cruddur?sslmode=verify-full}, and nothing else: no
   * environment and no password file.
   *
   * @param uri the URI, beginning with {@code postgresql://} or {@code postgres://}
   * @return what the URI says
   * @throws IllegalArgumentException if libpq cannot read the text as a URI; the message names the
   *     faulty part and never what it holds
   * @since 0.1.0
   */
  public static ConnectionUrl parse(String uri) {
    return UriParser.parse(requireNonNull(uri, "uri"));
  }

  /**
   * Reads the URI in the environment variable {@code CONNECTION_URL}.
   *
   * @return what the URI says
   * @throws IllegalStateException if the variable is not set or blank
   * @throws IllegalArgumentException if libpq cannot read its value as a URI
   * @since 0.1.0
   */
  public static ConnectionUrl fromEnvironment() {
    return fromEnvironment(DEFAULT_VARIABLE);
  }

  /**
   * Reads the URI in an environment variable.
   *
   * @param variable its name, of letters, digits and underscores
   * @return what the URI says
   * @throws IllegalStateException if the variable is not set or blank
   * @throws IllegalArgumentException if the name is none, or if libpq cannot read the value as a
   *     URI; the message names the variable
   * @since 0.1.0
   */
  public static ConnectionUrl fromEnvironment(String variable) {
    return EnvironmentVariable.read(requireNonNull(variable, "variable"), System.getenv());
  }

  /**
   * Returns the hosts in the order of the URI, at least one. An empty host is {@code localhost}, an
   * empty port 5432.
   *
   * @return an immutable list
   * @throws IllegalArgumentException if a port is no number from 1 to 65535, or if there are
   *     several ports and not as many as hosts
   * @since 0.1.0
   */
  public List<HostPort> hosts() {
    return HostList.of(values).require(suspects);
  }

  /**
   * Returns the name of the database, by default the name of the user.
   *
   * @return the name, decoded
   * @throws IllegalArgumentException if the URI names neither a database nor a user
   * @since 0.1.0
   */
  public String database() {
    return find(DBNAME)
        .or(this::user)
        .orElseThrow(
            () -> new IllegalArgumentException("The URI names neither a database nor a user."));
  }

  /**
   * Returns the name of the user. An empty one is none. The operating system's user is never taken
   * instead.
   *
   * @return the name, decoded
   * @since 0.1.0
   */
  public Optional<String> user() {
    return find(USER);
  }

  /**
   * Returns the password, in clear. An empty one is none.
   *
   * @return the password, decoded
   * @since 0.1.0
   */
  public Optional<String> password() {
    return find(PASSWORD);
  }

  /** Returns the password of the client certificate's key, in clear. */
  Optional<String> sslPassword() {
    return find(SSLPASSWORD);
  }

  /**
   * Returns the parameters by their libpq names, with the values of the URI, {@code ssl=true} and
   * {@code requiressl} as the {@code sslmode} that they mean. Neither the address nor the user nor
   * any secret is among them.
   *
   * @return an immutable map
   * @since 0.1.0
   */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    values.forEach(
        (parameter, value) -> {
          if (isListed(parameter)) {
            parameters.put(parameter.libpqName(), value);
          }
        });
    return Collections.unmodifiableMap(parameters);
  }

  /** Returns the names of the parameters that JDBC cannot honour and the driver does without. */
  List<String> parametersWithoutEffect() {
    return values.keySet().stream()
        .filter(parameter -> parameter.treatment() == ParameterTreatment.WITHOUT_EFFECT)
        .map(ConnectionParameter::libpqName)
        .toList();
  }

  /**
   * Returns the URL for the PostgreSQL JDBC driver, {@code jdbc:postgresql://host:port/database}.
   * All else the driver gets from {@link #driverProperties()}; user and password it gets apart.
   *
   * @return the URL, without any secret
   * @throws IllegalArgumentException if JDBC cannot honour the URI (a Unix-domain socket, say), if
   *     libpq would refuse it when it connects, if an unescaped {@code @} tells that the password
   *     ends elsewhere, or if the URI names neither a database nor a user; the message names the
   *     part or parameter and never what it holds
   * @since 0.1.0
   */
  public String jdbcUrl() {
    DriverSettings.of(values);
    return "jdbc:postgresql://" + jdbcHosts() + "/" + PercentEncoder.encode(database());
  }

  /**
   * Returns the properties that make the PostgreSQL JDBC driver honour the parameters. They hold
   * neither the user nor a password, and {@code sslpassword} neither. Whether there is a file
   * {@code ~/.postgresql/root.crt} decides what {@code sslmode=require} means, as in libpq.
   *
   * @return a new object, the caller's to change
   * @throws IllegalArgumentException as {@link #jdbcUrl()} does, but for a missing database
   * @since 0.1.0
   */
  public Properties driverProperties() {
    jdbcHosts();
    return DriverSettings.of(values);
  }

  private String jdbcHosts() {
    String joined = JdbcHosts.join(hosts(), suspects);
    if (suspects.isForgotten()) {
      throw suspects.refuse("The URI holds an unescaped @ behind the user name and password");
    }
    return joined;
  }

  /**
   * Returns the same address but for the name of the database.
   *
   * @param database the name, not encoded
   * @return a changed copy
   * @throws IllegalArgumentException if the name is empty, or no text that PostgreSQL can take
   * @since 0.1.0
   */
  public ConnectionUrl withDatabase(String database) {
    if (database.isEmpty() || !PercentEncoder.canEncode(database)) {
      throw new IllegalArgumentException(
          "The name of a database must be a text of at least one character, without null"
              + " characters and halves of surrogate pairs.");
    }
    return with(DBNAME, database);
  }

  /** Returns the same address, of which only the standbys are wanted. */
  ConnectionUrl asStandby() {
    return with(TARGET_SESSION_ATTRS, "standby");
  }

  /** Returns the same address but for one part. */
  ConnectionUrl with(ConnectionParameter parameter, String value) {
    Map<ConnectionParameter, String> changed = new EnumMap<>(ConnectionParameter.class);
    changed.putAll(values);
    changed.put(parameter, value);
    return new ConnectionUrl(changed, suspects);
  }

  /**
   * Returns what to do about an {@code @} that may tell of a password torn apart, or nothing. Then
   * no message shows host and database.
   */
  Optional<String> doubt() {
    return Optional.of(suspects.advice()).filter(advice -> !advice.isEmpty());
  }

  private static boolean isListed(ConnectionParameter parameter) {
    return parameter.treatment() != ParameterTreatment.ADDRESS
        && parameter.treatment() != ParameterTreatment.CREDENTIAL
        && !parameter.allowedValues().isSecret();
  }

  /** Returns a part as it was decoded. An empty one is none. */
  Optional<String> find(ConnectionParameter parameter) {
    return Optional.ofNullable(values.get(parameter)).filter(value -> !value.isEmpty());
  }

  /** Two are equal if all their parts are, decoded, the password too. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConnectionUrl that
        && values.equals(that.values)
        && suspects == that.suspects;
  }

  @Override
  public int hashCode() {
    return parameters().hashCode() * 31 + Objects.hash(values.get(HOST), values.get(DBNAME));
  }

  /**
   * Returns the URI with {@code ***} in place of each password and of whatever else may be or hold
   * a secret.
   */
  @Override
  public String toString() {
    return MaskedUrl.of(values, suspects);
  }

  /**
   * A host and its port. Immutable and thread-safe.
   *
   * @param host the name or address, an IPv6 address without brackets
   * @param port the TCP port, 1 to 65535
   * @since 0.1.0
   */
  public record HostPort(String host, int port) {

    /**
     * Makes a pair.
     *
     * @param host the name or address, an IPv6 address without brackets
     * @param port the TCP port, 1 to 65535
     * @throws IllegalArgumentException if the host is empty or the port out of range
     * @since 0.1.0
     */
    public HostPort {
      if (host.isEmpty() || port < 1 || port > LARGEST_PORT) {
        throw new IllegalArgumentException("A host has a name and a port from 1 to 65535.");
      }
    }

    /** Returns {@code host:port}, an IPv6 address in brackets, and no text that is no host. */
    @Override
    public String toString() {
      return (JdbcHosts.isHost(host) ? JdbcHosts.bracketed(host) : "***") + ":" + port;
    }
  }
}
