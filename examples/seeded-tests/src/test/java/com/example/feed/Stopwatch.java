package com.example.feed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says how long the tests took, from the start of the first to the end of the last. */
public class Stopwatch implements TestExecutionListener {

  private final AtomicLong start = new AtomicLong();
  private final AtomicLong firstEnd = new AtomicLong();
  private final AtomicInteger tests = new AtomicInteger();

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      start.compareAndSet(0, System.nanoTime());
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      tests.incrementAndGet();
      firstEnd.compareAndSet(0, System.nanoTime());
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    long end = System.nanoTime();
    System.out.printf(
        "%d isolated tests in %.2f s, the first included, which took %.2f s%n",
        tests.get(), (end - start.get()) / 1e9, (firstEnd.get() - start.get()) / 1e9);
  }
}
