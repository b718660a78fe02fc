package com.cruddur.db.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A look at each file of a tree, in a thread of its own: of a thousand files it takes a new JVM 30
 * milliseconds.
 */
final class TreeCheck {

  private final FutureTask<Boolean> check;

  private TreeCheck(FutureTask<Boolean> check) {
    this.check = check;
  }

  static TreeCheck start(Path tree, Duration age) {
    FutureTask<Boolean> check = new FutureTask<>(() -> TreeStamp.matches(tree, age));
    Thread.ofPlatform().daemon().name("cruddur-db-check").start(check);
    return new TreeCheck(check);
  }

  /** Waits, and returns whether the tree is as it was stamped, and that not longer ago. */
  boolean succeeds() throws InterruptedException {
    try {
      return check.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("A check has no failures of its own", failure);
    }
  }
}
