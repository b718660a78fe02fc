package com.cruddur.db.benchmarks.testkit;

import com.cruddur.db.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Stream;

/** The private memory of all of a server's processes, its guards and idle sessions included. */
final class Memory {

  private Memory() {}

  /** Returns megabytes, a few seconds after the last work. */
  static double atRest() throws Exception {
    try (TestDatabase database = TestDatabase.create()) {
      ProcessHandle server;
      try (Connection connection = database.ownerDataSource().getConnection();
          var rows = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
        rows.next();
        server = ProcessHandle.of(rows.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
      }
      Thread.sleep(3_000);
      ProcessHandle guard = server.parent().orElseThrow();
      long kilobytes = 0;
      for (ProcessHandle process : Stream.concat(Stream.of(guard), guard.descendants()).toList()) {
        kilobytes += privateOf(process);
      }
      return kilobytes / 1024.0;
    }
  }

  private static long privateOf(ProcessHandle process) throws IOException {
    Path file = Path.of("/proc/" + process.pid() + "/smaps_rollup");
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    return lines.stream()
        .filter(line -> line.startsWith("Private_"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
