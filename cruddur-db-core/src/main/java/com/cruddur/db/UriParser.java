package com.cruddur.db;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a libpq connection URI (PostgreSQL manual, "Connection URIs") as libpq's own {@code
 * PQconninfoParse} does, so that every URI means there and here the same.
 *
 * <p>Used once, by one thread.
 */
final class UriParser {

  static final String EXPECTED = "postgresql://user:password@host:5432/database";

  private final Map<ConnectionParameter, String> values = new EnumMap<>(ConnectionParameter.class);

  private UriParser() {}

  static ConnectionUrl parse(String uri) {
    return new UriParser().parseAfterScheme(withoutScheme(uri));
  }

  private static String withoutScheme(String uri) {
    if (uri.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("The connection URI holds a null character.");
    }
    for (String scheme : List.of("postgresql://", "postgres://")) {
      if (uri.startsWith(scheme)) {
        return uri.substring(scheme.length());
      }
    }
    throw new IllegalArgumentException(
        uri.strip().regionMatches(true, 0, "jdbc:", 0, "jdbc:".length())
            ? "This is a JDBC URL. Write "
                + EXPECTED
                + " instead: without jdbc:, with user and password before the host,"
                + " and with libpq's names of the parameters."
            : "This is no PostgreSQL connection URI. Write " + EXPECTED + ".");
  }

  private ConnectionUrl parseAfterScheme(String text) {
    int end = endOfUserInfo(text);
    String rest = text.substring(end < 0 ? 0 : end + 1);
    UnescapedCharacters suspects = UnescapedCharacters.in(rest);
    if (end >= 0) {
      parseUserInfo(text.substring(0, end), suspects);
    }
    HostScanner hosts = new HostScanner(rest, suspects);
    store(ConnectionParameter.HOST, hosts.hosts(), "host", suspects);
    store(ConnectionParameter.PORT, hosts.ports(), "port", suspects);
    parseDatabaseAndQuery(hosts.rest(), suspects);
    int query = rest.length() - hosts.rest().length() + startOfQuery(hosts.rest());
    String address = rest.substring(0, query);
    return new ConnectionUrl(
        values,
        end < 0 ? UnescapedCharacters.in(address) : UnescapedCharacters.behindUserInfo(address));
  }

  /**
   * The first {@code @} counts, unless a {@code /} comes before it; nothing else stops the search.
   */
  private static int endOfUserInfo(String text) {
    int at = text.indexOf('@');
    int slash = text.indexOf('/');
    return slash >= 0 && slash < at ? -1 : at;
  }

  private void parseUserInfo(String userInfo, UnescapedCharacters suspects) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    store(ConnectionParameter.USER, user, "user name", suspects);
    if (colon >= 0) {
      store(ConnectionParameter.PASSWORD, userInfo.substring(colon + 1), "password", suspects);
    }
  }

  private void parseDatabaseAndQuery(String text, UnescapedCharacters suspects) {
    int query = startOfQuery(text);
    if (query > 0) {
      store(ConnectionParameter.DBNAME, text.substring(1, query), "database", suspects);
    }
    if (query < text.length()) {
      new QueryParser(values, suspects).parse(text.substring(query + 1));
    }
  }

  private static int startOfQuery(String text) {
    int query = text.indexOf('?');
    return query < 0 ? text.length() : query;
  }

  private void store(
      ConnectionParameter parameter, String encoded, String part, UnescapedCharacters suspects) {
    if (!encoded.isEmpty()) {
      values.put(parameter, new PercentDecoder(part, suspects).decode(encoded));
    }
  }
}
