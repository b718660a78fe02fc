package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import java.util.stream.Collectors;

/** The database that a command works on. */
final class Target {

  private Target() {}

  /** Returns the database of CONNECTION_URL and says which it is, before anything is done to it. */
  static ConnectionUrl fromEnvironment() {
    ConnectionUrl url = ConnectionUrl.fromEnvironment();
    refuseWhatCannotBeConnectedTo(url);
    Console.say("database " + describe(url));
    return url;
  }

  /** Before its parts are shown: they may be those of a misread password. */
  private static void refuseWhatCannotBeConnectedTo(ConnectionUrl url) {
    try {
      url.jdbcUrl();
    } catch (IllegalArgumentException refusal) {
      throw new IllegalArgumentException("CONNECTION_URL: " + refusal.getMessage(), refusal);
    }
  }

  private static String describe(ConnectionUrl url) {
    String hosts = url.hosts().stream().map(Object::toString).collect(Collectors.joining(","));
    return url.database() + " on " + hosts + " as user " + url.user().orElse("(none)");
  }
}
