package com.cruddur.db;

import com.cruddur.db.ConnectionUrl.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a connection URI with their ports, as libpq pairs them when it connects: a list of
 * one port is for all hosts, an empty host is the local one, an empty port is 5432.
 *
 * <p>Immutable and thread-safe.
 */
final class HostList {

  private static final int DEFAULT_PORT = 5432;
  private static final int LARGEST_PORT = 65535;

  private final List<HostPort> hosts;
  private final @Nullable String fault;

  private HostList(List<HostPort> hosts, @Nullable String fault) {
    this.hosts = List.copyOf(hosts);
    this.fault = fault;
  }

  static HostList of(Map<ConnectionParameter, String> values) {
    String[] hosts = values.getOrDefault(ConnectionParameter.HOST, "").split(",", -1);
    String[] ports = values.getOrDefault(ConnectionParameter.PORT, "").split(",", -1);
    if (ports.length != 1 && ports.length != hosts.length) {
      return faulty("The number of ports in port is neither one nor that of the hosts");
    }
    List<HostPort> pairs = new ArrayList<>();
    for (int index = 0; index < hosts.length; index++) {
      OptionalInt port = port(ports[ports.length == 1 ? 0 : index]);
      if (port.isEmpty()) {
        return faulty(
            "The port of host number "
                + (index + 1)
                + " is no number from 1 to 65535 (an IPv6 address is written in brackets)");
      }
      String host = hosts[index].isEmpty() ? "localhost" : hosts[index];
      pairs.add(new HostPort(host, port.getAsInt()));
    }
    return new HostList(pairs, null);
  }

  private static HostList faulty(String fault) {
    return new HostList(List.of(), fault);
  }

  private static OptionalInt port(String text) {
    if (text.isEmpty()) {
      return OptionalInt.of(DEFAULT_PORT);
    }
    OptionalInt port = ParameterValues.parseInteger(text);
    return port.isPresent() && port.getAsInt() >= 1 && port.getAsInt() <= LARGEST_PORT
        ? port
        : OptionalInt.empty();
  }

  boolean isValid() {
    return fault == null;
  }

  /**
   * Returns the hosts in the order of the URI.
   *
   * @throws IllegalArgumentException if a port is no port or their number is wrong
   */
  List<HostPort> require(UnescapedCharacters suspects) {
    if (fault != null) {
      throw suspects.refuse(fault);
    }
    return hosts;
  }
}
