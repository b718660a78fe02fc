package com.example.feedservice;

import com.example.feedservice.Route.Handler;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets as many requests to the database as the pool has connections, the others wait for their turn
 * for a moment, and sends away whom that does not help. Else a burst would fill the pool's queue,
 * and everybody would be told after the pool's time-out.
 */
final class Admission {

  private final Semaphore room;
  private final Semaphore turns;
  private final Duration patience;

  Admission(Settings settings) {
    this.room = new Semaphore(settings.poolSize() + settings.waiting());
    this.turns = new Semaphore(settings.poolSize(), true);
    this.patience = settings.patience();
  }

  Handler before(Handler handler) {
    return request ->
        guarded(room, Duration.ZERO, () -> guarded(turns, patience, () -> handler.answer(request)));
  }

  private interface Work {
    Response run();
  }

  private static Response guarded(Semaphore semaphore, Duration patience, Work work) {
    if (!acquire(semaphore, patience)) {
      return Response.notNow("overloaded");
    }
    try {
      return work.run();
    } finally {
      semaphore.release();
    }
  }

  private static boolean acquire(Semaphore semaphore, Duration patience) {
    try {
      return semaphore.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
