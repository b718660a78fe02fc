package com.cruddur.db;

import com.cruddur.db.internal.SqlStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Decides whether a transaction that failed is worth another attempt. */
final class Retries {

  static final int ATTEMPTS = 5;

  /** Serialization failure and deadlock (PostgreSQL manual, "Serialization Failure Handling"). */
  private static final Set<String> REPEATABLE = Set.of("40001", "40P01");

  private static final long SHORTEST_PAUSE_MILLIS = 5;

  private final List<Throwable> earlier = new ArrayList<>();

  /**
   * Waits and returns true, if the server undid the transaction for the sake of another and there
   * have not been too many attempts; else adds the earlier failures to this one.
   */
  boolean another(Throwable failure) {
    if (isRepeatable(failure) && earlier.size() < ATTEMPTS - 1 && pause()) {
      earlier.add(failure);
      return true;
    }
    earlier.stream().filter(other -> other != failure).forEach(failure::addSuppressed);
    return false;
  }

  private static boolean isRepeatable(Throwable failure) {
    return SqlStates.of(failure).map(REPEATABLE::contains).orElse(false);
  }

  /** Random, so that those who collided do not do so again; an interruption ends it all. */
  private boolean pause() {
    long longest = SHORTEST_PAUSE_MILLIS << (earlier.size() + 2);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, longest));
      return true;
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
