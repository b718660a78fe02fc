package com.cruddur.db.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
final class Waiting {

  private static final long PAUSE_MILLIS = 2;

  private Waiting() {}

  /**
   * Waits until the condition holds, and returns whether it did within the limit. An interrupt does
   * not end the wait, it is handed on afterwards: a clean-up has to come to its end.
   */
  static boolean uninterruptibly(Duration limit, BooleanSupplier condition) {
    long start = System.nanoTime();
    boolean interrupted = false;
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() - start < limit.toNanos()) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      holds = condition.getAsBoolean();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return holds;
  }
}
