package com.cruddur.db.benchmarks.testkit;

import java.time.Duration;
import java.time.Instant;

/** In a JVM of its own: the time from {@code main} to the first row of the first database. */
final class First {

  private First() {}

  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    Peer.Database database = Peer.valueOf(arguments[0]).open().next();
    database.firstRow();
    long nanos = System.nanoTime() - start;
    Instant jvm = ProcessHandle.current().info().startInstant().orElseThrow();
    System.out.println(nanos / 1e6 + " " + Duration.between(jvm, Instant.now()).toMillis());
    database.end().close();
    System.exit(0);
  }
}
