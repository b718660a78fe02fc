package com.cruddur.db;

import com.cruddur.db.ConnectionUrl.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes hosts as the driver's URL wants them, {@code host:port,[address]:port}. */
final class JdbcHosts {

  /** An address of IPv6, perhaps with the zone that RFC 4007 adds to it. */
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[\\w.-]+)?");

  /** The driver decodes nothing in a host, so whatever has a meaning in its URL cannot be one. */
  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}/\\\\?#@:\\[\\]%&=\"'<>*]+");

  private JdbcHosts() {}

  /**
   * Joins the hosts for a JDBC URL.
   *
   * @throws IllegalArgumentException if one of them is no host of TCP; the message holds its number
   *     only, because it may be a piece of a password
   */
  static String join(List<HostPort> hosts, UnescapedCharacters suspects) {
    List<String> joined = new ArrayList<>();
    for (HostPort host : hosts) {
      check(host.host(), "host number " + (joined.size() + 1), suspects);
      joined.add(bracketed(host.host()) + ":" + host.port());
    }
    return String.join(",", joined);
  }

  private static void check(String host, String part, UnescapedCharacters suspects) {
    if (host.startsWith("/") || host.startsWith("@")) {
      throw suspects.refuse(
          "The "
              + part
              + " is a Unix-domain socket, and JDBC connects over TCP only:"
              + " write localhost or the server's name instead");
    }
    if (!isHost(host)) {
      throw suspects.refuse("The " + part + " is no name or address of a host");
    }
  }

  static boolean isHost(String host) {
    return NAME.matcher(host).matches() || IPV6.matcher(host).matches();
  }

  static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
