package com.cruddur.db.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs classes of tests inside a test, to see how they end. */
final class InnerTests {

  private static final String PARALLEL = "junit.jupiter.execution.parallel.";

  private InnerTests() {}

  static EngineExecutionResults run(Class<?>... classes) {
    return builder(classes).execute();
  }

  /** Runs classes, and their methods, on four threads. */
  static EngineExecutionResults runInParallel(Class<?>... classes) {
    return builder(classes)
        .configurationParameter(PARALLEL + "enabled", "true")
        .configurationParameter(PARALLEL + "mode.default", "concurrent")
        .configurationParameter(PARALLEL + "config.executor-service", "FORK_JOIN_POOL")
        .configurationParameter(PARALLEL + "config.strategy", "fixed")
        .configurationParameter(PARALLEL + "config.fixed.parallelism", "4")
        .execute();
  }

  static EngineTestKit.Builder builder(Class<?>... classes) {
    DiscoverySelector[] selectors =
        Arrays.stream(classes)
            .map(type -> (DiscoverySelector) selectClass(type))
            .toArray(DiscoverySelector[]::new);
    return EngineTestKit.engine("junit-jupiter").selectors(selectors);
  }
}
