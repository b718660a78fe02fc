package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualThreadsTest {

  private static final int THREADS = 3_000;
  private static final int CONNECTIONS = 10;
  private static final Duration STATEMENT = Duration.ofMillis(10);

  /** How long the last one waits if no connection is ever idle, and none serves two at once. */
  private static final Duration SHARED = STATEMENT.multipliedBy(THREADS / CONNECTIONS);

  /** What a busy machine adds. */
  private static final Duration LONGEST = SHARED.multipliedBy(3);

  private static final String PINNED = "jdk.VirtualThreadPinned";

  @Test
  void allFinishOnAPoolOfTenAndPinNoCarrier(@TempDir Path folder) throws Exception {
    PoolSettings ten =
        PoolSettings.builder()
            .maximumSize(CONNECTIONS)
            .acquireTimeout(Duration.ofSeconds(60))
            .build();
    Path file = folder.resolve("recording.jfr");
    try (CruddurDb db = CruddurDb.builder().url(TestServer.url()).pool(ten).build();
        Recording recording = new Recording()) {
      // The JDK pins carriers where virtual threads are the first to load a class.
      askFromManyThreads(db, 2 * CONNECTIONS);
      recording.enable(PINNED).withThreshold(Duration.ofMillis(20)).withStackTrace();
      recording.start();
      Duration longest = askFromManyThreads(db, THREADS);
      recording.stop();
      recording.dump(file);
      assertThat(longest).isBetween(SHARED, LONGEST);
      assertThat(((HikariDataSource) db.dataSource()).getHikariPoolMXBean())
          .returns(0, HikariPoolMXBean::getActiveConnections)
          .returns(0, HikariPoolMXBean::getThreadsAwaitingConnection);
      org.slf4j.LoggerFactory.getLogger(VirtualThreadsTest.class)
          .warn("The longest of {} waits: {} ms", THREADS, longest.toMillis());
    }
    if (Runtime.version().feature() >= 24) {
      assertThat(RecordingFile.readAllEvents(file)).extracting(RecordedEvent::toString).isEmpty();
    }
  }

  private static Duration askFromManyThreads(CruddurDb db, int count) throws Exception {
    List<Future<Long>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < count; thread++) {
        answers.add(threads.submit(() -> waitFor(db)));
      }
    }
    long longest = 0;
    for (Future<Long> answer : answers) {
      longest = Math.max(longest, answer.get());
    }
    return Duration.ofNanos(longest);
  }

  private static long waitFor(CruddurDb db) {
    long start = System.nanoTime();
    db.dsl().execute("SELECT pg_sleep(?)", STATEMENT.toMillis() / 1_000.0);
    return System.nanoTime() - start;
  }
}
