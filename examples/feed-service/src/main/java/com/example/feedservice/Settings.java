package com.example.feedservice;

import com.cruddur.db.ConnectionUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the service is started with.
 *
 * @param url the database
 * @param port 0 for a free one
 * @param poolSize connections, and so the requests that may be at the database at a time
 * @param waiting the requests that may wait for their turn
 * @param patience how long one waits
 * @param migrate whether to bring the schema up to date, or to refuse another one
 */
record Settings(
    ConnectionUrl url, int port, int poolSize, int waiting, Duration patience, boolean migrate) {

  /** What a platform allows before it kills is usually more: Docker 10 s, Kubernetes 30. */
  static final int LONGEST_STOP_SECONDS = 8;

  private static final String DEFAULT_PORT = "4567";

  static Settings of(ConnectionUrl url, List<String> arguments, Map<String, String> environment) {
    if (!List.of("--migrate").containsAll(arguments)) {
      throw new IllegalArgumentException(
          "There is one argument, --migrate, and it has no value; not " + arguments + ".");
    }
    return with(url, port(environment.getOrDefault("PORT", DEFAULT_PORT)), !arguments.isEmpty());
  }

  static Settings with(ConnectionUrl url, int port, boolean migrate) {
    return new Settings(url, port, 10, 1_000, Duration.ofMillis(500), migrate);
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new IllegalArgumentException("PORT is a number from 0 to 65535, not " + text + ".");
    }
    return Integer.parseInt(text);
  }
}
