package com.cruddur.db;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks at something that may not answer: on a thread of its own, and one look at a time. Who comes
 * meanwhile waits for the same, so that a frozen server gathers neither threads nor connections.
 *
 * @param <T> what is seen
 */
final class SharedLook<T> {

  private final String name;
  private final Callable<T> look;
  private final AtomicReference<@Nullable FutureTask<T>> running = new AtomicReference<>();

  SharedLook(String name, Callable<T> look) {
    this.name = name;
    this.look = look;
  }

  /** Begins to look, unless somebody does. */
  FutureTask<T> begin() {
    FutureTask<T> current = running.get();
    if (current != null && !current.isDone()) {
      return current;
    }
    FutureTask<T> next = new FutureTask<>(look);
    if (running.compareAndSet(current, next)) {
      Thread.ofVirtual().name(name).start(next);
      return next;
    }
    return begin();
  }

  /** Waits for what a look sees, for as long as is left. */
  static <T> T await(FutureTask<T> look, Duration longest)
      throws InterruptedException, ExecutionException, TimeoutException {
    return look.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
  }
}
