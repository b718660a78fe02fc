package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is: what the server says of the connection, and what was dialled. Either alone is
 * deceived by a tunnel, which makes a remote server look local from here, or a proxy beside the
 * server, which makes this machine look local from there.
 */
record ServerPlace(@Nullable String address, int port, @Nullable String url) {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);
  private static final Pattern URL = Pattern.compile("postgresql:(?://([^/?]*))?");
  private static final Pattern HOST = Pattern.compile("(.*?)(?::(\\d+))?");
  private static final String DEFAULT_PORT = "5432";

  static ServerPlace of(Sql sql) throws SQLException {
    String url = sql.url();
    return sql.first(
            "SELECT host(inet_server_addr()), coalesce(inet_server_port(), 0)",
            row -> new ServerPlace(row.getString(1), row.getInt(2), url))
        .orElseThrow();
  }

  /**
   * Returns whether the server listens on loopback and was dialled there. Without an address, over
   * a Unix socket, that is not known.
   */
  boolean isLoopback() {
    return address != null && LOOPBACK.matcher(address).matches() && wasDialledOnLoopback();
  }

  /** A driver that does not tell leaves it to the server. */
  private boolean wasDialledOnLoopback() {
    Matcher dialled = URL.matcher(url == null ? "" : url);
    if (!dialled.find()) {
      return true;
    }
    String hosts = dialled.group(1) == null ? "" : dialled.group(1);
    return Arrays.stream(hosts.split(",", -1)).map(HOST::matcher).allMatch(this::isThisServer);
  }

  private boolean isThisServer(Matcher host) {
    if (!host.matches()) {
      return false;
    }
    String name = host.group(1).isEmpty() ? "localhost" : host.group(1);
    String dialledPort = host.group(2) == null ? DEFAULT_PORT : host.group(2);
    return LOOPBACK.matcher(name).matches() && Integer.toString(port).equals(dialledPort);
  }
}
