package com.cruddur.db.benchmarks.coldstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a process tells at its end: its time on the processor in ms, the most memory that it used in
 * kB, and the median of its warm calls in µs.
 */
final class Report {

  static final String PREFIX = "report: ";
  private static final String MEMORY = "VmHWM:";

  private Report() {}

  static void print(long warmMicros) {
    try {
      String memory =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith(MEMORY))
              .findFirst()
              .orElseThrow();
      Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
      System.out.println(
          PREFIX + cpu.toMillis() + " " + memory.replaceAll("\\D", "") + " " + warmMicros);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  interface Insert {
    void run(String sub) throws Exception;
  }

  /** Inserts so many users more, and returns the median of the times. */
  static long medianMicros(String sub, int calls, Insert insert) throws Exception {
    long[] times = new long[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      insert.run(sub + "-" + i);
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return calls == 0 ? 0 : times[calls / 2] / 1000;
  }
}
