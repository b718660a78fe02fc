package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.ConnectionUrl.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The one database that a command works on.
 *
 * @param url its address
 * @param source where the address comes from, such as {@code PROD_CONNECTION_URL}
 * @param environment the environment that it has to belong to, if one was named
 */
record Target(ConnectionUrl url, String source, Optional<String> environment) {

  /** Refuses what cannot be connected to before its parts are shown: they may be a password's. */
  static Target of(ConnectionUrl url, String source) {
    try {
      url.jdbcUrl();
    } catch (IllegalArgumentException refusal) {
      throw new IllegalArgumentException(source + ": " + refusal.getMessage(), refusal);
    }
    if (url.user().isEmpty()) {
      throw new IllegalArgumentException(
          source + " names no user. Write postgresql://user:password@host:5432/database");
    }
    return new Target(url, source, Optional.empty());
  }

  Target in(String name) {
    return new Target(url, source, Optional.of(name));
  }

  /** Returns the same server's database of another name. */
  Target withDatabase(String name) {
    return new Target(url.withDatabase(name), source, environment);
  }

  String database() {
    return url.database();
  }

  String describe() {
    return Printable.of(database())
        + " on "
        + hosts()
        + " as user "
        + Printable.of(url.user().orElse("(none)"))
        + " ("
        + source
        + ")";
  }

  String hosts() {
    return url.hosts().stream().map(Object::toString).collect(Collectors.joining(","));
  }

  Database open() throws SQLException {
    return Database.open(url);
  }

  /** With several hosts, two connections of one command may reach two servers. */
  void requireOneHost() {
    if (url.hosts().size() > 1) {
      throw new RefusedException(
          source
              + " names several hosts, and this command acts on one server. Name the primary alone;"
              + " nothing was changed.");
    }
  }

  boolean isOnLoopback() {
    List<HostPort> hosts = url.hosts();
    return hosts.stream().allMatch(host -> isLoopback(host.host()));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
