package com.cruddur.db.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class TelemetryTest {

  private static final int CALLS = 20_000;

  @Test
  void costsAtMostOneSmallObjectWhereNothingIsWanted() {
    watch();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    watch();
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(bytes / CALLS).isLessThanOrEqualTo(48);
  }

  private static void watch() {
    for (int i = 0; i < CALLS; i++) {
      Telemetry.DEFAULT.begin("activities.home", "SELECT").end(1, null);
    }
  }
}
