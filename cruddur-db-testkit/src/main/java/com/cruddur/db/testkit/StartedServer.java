package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.time.Duration;

/**
 * A server that accepts connections.
 *
 * @param process the server and its guard
 * @param directory what it has
 * @param version such as {@code 18.6}
 * @param port on 127.0.0.1
 * @param password of the superuser
 */
record StartedServer(
    ServerProcess process, ServerDirectory directory, String version, int port, String password) {

  private static final Duration SHUTDOWN_LIMIT = Duration.ofMinutes(1);

  ConnectionUrl url() {
    return ConnectionUrl.parse(
        "postgresql://postgres:%s@127.0.0.1:%d/postgres".formatted(password, port));
  }

  /** Lets the server write what it has, and end. */
  void shutDown() {
    RunningServer.of(directory.data()).ifPresent(server -> server.stop("INT", SHUTDOWN_LIMIT));
  }

  /** Returns the version, address and directory, never the password. */
  @Override
  public String toString() {
    return "PostgreSQL %s on 127.0.0.1:%d in %s".formatted(version, port, directory.home());
  }
}
