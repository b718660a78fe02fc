package com.cruddur.db.benchmarks.coldstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process tells at its end: its time on the processor in ms, and the most memory that it
 * used in kB.
 */
final class Report {

  static final String PREFIX = "report: ";
  private static final String MEMORY = "VmHWM:";

  private Report() {}

  static void print() {
    try {
      String memory =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith(MEMORY))
              .findFirst()
              .orElseThrow();
      Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
      System.out.println(
          PREFIX + cpu.toMillis() + " " + memory.replaceAll("\\D", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
