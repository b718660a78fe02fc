package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that are killed anywhere in the start of the server that they share. */
@Tag("faults")
@Timeout(300)
final class KilledStartTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path temp;

  @Test
  void leavesNothingWhereverTheStartIsKilled() throws Exception {
    Path cache = LocalPostgresTest.makeDirectory(temp.resolve("cache"));
    TestCache.open(cache);
    List<Long> pids = new ArrayList<>();
    // With an empty cache at first, so also in the making of the template.
    for (int step = 1; step <= 12; step++) {
      try (ChildJvm child = ChildJvm.start("shared", cache.toString())) {
        pids.add(child.pid());
        Thread.sleep(step * 250L);
        child.signal("KILL");
        child.awaitEnd();
      }
    }
    assertThat(Waiting.uninterruptibly(LIMIT, () -> processes(pids).isEmpty()))
        .as("processes: %s", processes(pids))
        .isTrue();
    // What was killed before it had a guard is left to the next start, once it is a minute old.
    for (Path directory : directories(pids)) {
      Files.setLastModifiedTime(
          directory, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
    }
    LocalPostgres.start().close();
    assertThat(directories(pids)).isEmpty();

    // And whoever comes next has a whole server.
    try (ChildJvm next = ChildJvm.start("shared", cache.toString()).awaitServer()) {
      assertThat(Sql.ask(next.uri(), "SELECT count(*) FROM activities")).isEqualTo("1");
      next.signal("KILL");
      ServerLifetimeTest.assertNothingLeft(next);
    }
  }

  private static List<String> processes(List<Long> pids) {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(command -> pids.stream().anyMatch(pid -> isOf(command, pid)))
        .toList();
  }

  private static List<Path> directories(List<Long> pids) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path parent : Storage.all(null).toList()) {
      try (Stream<Path> paths = Files.list(parent)) {
        paths
            .filter(path -> pids.stream().anyMatch(pid -> isOf(path.toString(), pid)))
            .forEach(found::add);
      }
    }
    return found;
  }

  private static boolean isOf(String text, long pid) {
    return text.contains(Leftovers.PREFIX + pid + "-")
        || text.contains(Leftovers.SHARED_PREFIX + pid + "-");
  }
}
