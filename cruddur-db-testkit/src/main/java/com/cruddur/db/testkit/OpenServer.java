package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that is ready for this JVM.
 *
 * @param databases what is done on it
 * @param hold keeps it beyond the end of the JVM where that is in our power
 * @param home what vanishes with it, if it is ours
 */
record OpenServer(DatabaseServer databases, Hold hold, Optional<Path> home) {

  /** Keeps a server for a time. */
  @FunctionalInterface
  interface Hold {
    void on(Duration time) throws IOException;
  }

  /** Returns a server that is there whatever we do, or goes with us in any case. */
  static OpenServer of(DatabaseServer databases) {
    return new OpenServer(databases, time -> {}, Optional.empty());
  }
}
