package com.cruddur.db.testkit;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Databases of one template that are ready or being made. Thread-safe. */
final class ReadyDatabases {

  /** Each takes 8 MB, and the time to drop it. */
  private static final int MOST_AHEAD = 4;

  private final Function<ReadyDatabases, CompletableFuture<FreshDatabase>> maker;
  private final Queue<CompletableFuture<FreshDatabase>> ahead = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private volatile FirstUse firstUse = FirstUse.UNKNOWN;

  /** Has each database made by a function that is given this object. */
  ReadyDatabases(Function<ReadyDatabases, CompletableFuture<FreshDatabase>> maker) {
    this.maker = maker;
  }

  /** Returns a database that nobody else gets, and has others made for who comes next. */
  FreshDatabase take() {
    CompletableFuture<FreshDatabase> next = ahead.poll();
    if (next == null) {
      next = maker.apply(this);
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

  /** Returns what the test that asked last did first with its database: the next will too. */
  FirstUse firstUse() {
    return firstUse;
  }

  void learn(FirstUse use) {
    firstUse = use;
  }

  private void makeAhead(int wanted) {
    while (waiting.getAndIncrement() < wanted) {
      ahead.add(maker.apply(this));
    }
    waiting.decrementAndGet();
  }
}
