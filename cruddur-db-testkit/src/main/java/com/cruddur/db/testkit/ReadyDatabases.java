package com.cruddur.db.testkit;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Databases of one template that are ready or being made. Thread-safe. */
final class ReadyDatabases {

  /** Each takes 8 MB, and the time to drop it. */
  private static final int MOST_AHEAD = 4;

  private final Supplier<CompletableFuture<String>> maker;
  private final Queue<CompletableFuture<String>> ahead = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();

  ReadyDatabases(Supplier<CompletableFuture<String>> maker) {
    this.maker = maker;
  }

  /**
   * Returns the name of a database that nobody else gets, and has others made for who comes next.
   */
  String take() {
    CompletableFuture<String> next = ahead.poll();
    if (next == null) {
      next = maker.get();
    } else {
      waiting.decrementAndGet();
    }
    // One test says that there will be another, several that there will be many.
    makeAhead(Math.min(MOST_AHEAD, taken.incrementAndGet()));
    try {
      return next.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof TestDatabaseException known
          ? known
          : new TestDatabaseException("No database could be made", failure);
    }
  }

  private void makeAhead(int wanted) {
    while (waiting.getAndIncrement() < wanted) {
      ahead.add(maker.get());
    }
    waiting.decrementAndGet();
  }
}
