package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.CruddurDb;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writers that insert one row after the other, none of them twice, and note how each call ended.
 * Every second one writes in a transaction.
 */
final class Load implements AutoCloseable {

  static final String TABLE = "CREATE TABLE writes (writer int, number int)";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

  private static final Duration SOME_CALLS = Duration.ofMillis(300);

  /** One call: what it wrote, when it began and ended, and why it failed. */
  record Call(String row, long start, long end, @Nullable Throwable failure) {

    Duration duration() {
      return Duration.ofNanos(end - start);
    }
  }

  private final CruddurDb db;
  private final Collection<Call> calls = new ConcurrentLinkedQueue<>();
  private final List<Thread> writers;
  private volatile boolean stopped;

  Load(CruddurDb db, int writers) {
    this.db = db;
    this.writers =
        IntStream.range(0, writers)
            .mapToObj(writer -> Thread.ofPlatform().start(() -> write(writer)))
            .toList();
  }

  private void write(int writer) {
    for (int number = 0; !stopped; number++) {
      long start = System.nanoTime();
      Throwable failure = null;
      try {
        insert(writer, number);
      } catch (RuntimeException failed) {
        failure = failed;
      }
      calls.add(new Call(writer + ":" + number, start, System.nanoTime(), failure));
      if (failure != null) {
        pause();
      }
    }
  }

  private void insert(int writer, int number) {
    String sql = "INSERT INTO writes VALUES (" + writer + ", " + number + ")";
    if (writer % 2 == 0) {
      db.dsl().execute(sql);
    } else {
      db.<Integer, RuntimeException>transaction(tx -> tx.dsl().execute(sql));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until every writer keeps a connection of its own busy. */
  Load awaitBusyPool() throws InterruptedException {
    HikariDataSource pool = (HikariDataSource) db.dataSource();
    while (pool.getHikariPoolMXBean().getTotalConnections() < writers.size()) {
      Thread.sleep(10);
    }
    return awaitSuccessOfEachAfter(System.nanoTime() + SOME_CALLS.toNanos());
  }

  /** Waits until every writer has had a success after this moment. */
  Load awaitSuccessOfEachAfter(long moment) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (writersWithSuccessAfter(moment) < writers.size()) {
      assertThat(System.nanoTime()).as("writes after the fault: " + failures()).isLessThan(end);
      Thread.sleep(10);
    }
    return this;
  }

  private long writersWithSuccessAfter(long moment) {
    return calls.stream()
        .filter(call -> call.failure() == null && call.start() > moment)
        .map(call -> call.row().split(":")[0])
        .distinct()
        .count();
  }

  /** Returns how long after the moment the first call ended well, of those that began after it. */
  Duration firstSuccessAfter(long moment) {
    Optional<Long> first =
        calls.stream()
            .filter(call -> call.failure() == null && call.start() > moment)
            .map(Call::end)
            .min(Long::compare);
    return Duration.ofNanos(first.orElseThrow() - moment);
  }

  CruddurDb db() {
    return db;
  }

  Duration longestCall() {
    return calls.stream().map(Call::duration).max(Duration::compareTo).orElseThrow();
  }

  List<Call> failures() {
    return calls.stream().filter(call -> call.failure() != null).toList();
  }

  /** Returns the calls that had a connection and lost it. */
  List<Call> lostConnections() {
    return failures().stream().filter(call -> !isWithoutConnection(call.failure())).toList();
  }

  private static boolean isWithoutConnection(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectionFailedException
          || cause instanceof java.sql.SQLNonTransientConnectionException
          || cause instanceof java.sql.SQLTransientConnectionException) {
        return true;
      }
    }
    return false;
  }

  /** What was acknowledged is there once; what failed is there once or not. */
  void assertNothingLostOrDoubled(PostgresProcess server) throws SQLException {
    Map<String, Long> found =
        Arrays.stream(
                server
                    .value("SELECT string_agg(writer || ':' || number, ',') FROM writes")
                    .split(","))
            .collect(Collectors.groupingBy(row -> row, Collectors.counting()));
    assertThat(found.values()).as("doubled").allMatch(count -> count == 1);
    Set<String> lost =
        calls.stream()
            .filter(call -> call.failure() == null)
            .map(Call::row)
            .collect(Collectors.toSet());
    lost.removeAll(found.keySet());
    assertThat(lost).as("acknowledged and lost").isEmpty();
  }

  /** Ends the writers, once their calls have ended. */
  @Override
  public void close() {
    stopped = true;
    for (Thread writer : writers) {
      try {
        assertThat(writer.join(LONGEST_WAIT)).as("a call without an end").isTrue();
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
