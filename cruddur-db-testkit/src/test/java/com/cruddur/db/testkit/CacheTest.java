package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheTest {

  @TempDir private Path directory;
  private final AtomicInteger fillings = new AtomicInteger();

  @Test
  void makesAnEntryOnce() throws Exception {
    assertThat(fill().resolve("file")).hasContent("content");
    fill();
    assertThat(fillings).hasValue(1);
  }

  @Test
  void makesALossyEntryAgain() throws Exception {
    Files.delete(fill().resolve("file"));
    assertThat(fill().resolve("file")).hasContent("content");
    assertThat(fillings).hasValue(2);
  }

  @Test
  void makesATruncatedEntryAgain() throws Exception {
    Files.writeString(fill().resolve("file"), "con");
    assertThat(fill().resolve("file")).hasContent("content");
  }

  @Test
  void neverShowsAHalfMadeEntry() throws Exception {
    assertThatThrownBy(
            () ->
                new Cache(directory)
                    .entry(
                        CacheKind.CLUSTER,
                        "entry",
                        entry -> {
                          Files.writeString(entry.resolve("file"), "con");
                          throw new IOException("No space left on device");
                        }))
        .hasMessage("No space left on device");
    assertThat(names()).containsExactly("cluster.lock");
    assertThat(fill().resolve("file")).hasContent("content");
    assertThat(names()).containsExactly("cluster-entry", "cluster.lock");
  }

  @Test
  void fillsOnceForManyThreads() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Path> task = this::fill;
      for (Future<Path> entry : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(entry.get().resolve("file")).hasContent("content");
      }
    }
    assertThat(fillings).hasValue(1);
  }

  @Test
  void refusesADirectoryThatOthersCanWriteTo() throws Exception {
    int uid = FileTrees.uidOf(directory);
    assertThat(CacheLocation.prepare(directory.resolve("new"), uid)).isTrue();
    assertThat(CacheLocation.prepare(directory.resolve("new"), uid)).isTrue();
    assertThat(CacheLocation.prepare(directory.resolve("new"), uid + 1)).isFalse();
    Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("new"));
    assertThat(CacheLocation.prepare(link, uid)).isFalse();
    FileTrees.permit(directory.resolve("new"), "rwxrwxr-x");
    assertThat(CacheLocation.prepare(directory.resolve("new"), uid)).isFalse();
    FileTrees.permit(directory.resolve("new"), "rwxr-xrwx");
    assertThat(CacheLocation.prepare(directory.resolve("new"), uid)).isFalse();
  }

  @Test
  void keepsOnlyWhatWasUsedLast() throws Exception {
    Cache cache = new Cache(directory);
    for (String name : List.of("a", "b", "c", "d")) {
      use(cache, name);
      // A clock of milliseconds could not tell them apart.
      Thread.sleep(5);
    }
    use(cache, "a");
    Thread.sleep(5);
    use(cache, "e");
    assertThat(names())
        .containsExactly("cluster-a", "cluster-c", "cluster-d", "cluster-e", "cluster.lock");
  }

  @Test
  void removesWhatNobodyHasUsedForAMonth() throws Exception {
    Cache cache = new Cache(directory);
    use(cache, "old");
    Instant longAgo = Instant.now().minus(Duration.ofDays(31));
    Files.setLastModifiedTime(directory.resolve("cluster-old"), FileTime.from(longAgo));
    use(cache, "new");
    assertThat(names()).containsExactly("cluster-new", "cluster.lock");
  }

  @Test
  void keepsProgramsThatRun() throws Exception {
    Cache cache = new Cache(directory);
    Path sleep = cache.entry(CacheKind.BINARIES, "0", CacheTest::copySleep).resolve("sleep");
    Process running = new ProcessBuilder(sleep.toString(), "60").start();
    try {
      for (int number = 0; number < 6; number++) {
        cache.entry(CacheKind.BINARIES, Integer.toString(number), CacheTest::copySleep);
        Instant ago = Instant.now().minus(Duration.ofHours(10L - number));
        Path entry = directory.resolve("binaries-" + number);
        Files.setLastModifiedTime(entry, FileTime.from(ago));
      }
      assertThat(names()).contains("binaries-0", "binaries-5").doesNotContain("binaries-1");
    } finally {
      running.destroyForcibly();
    }
  }

  @Test
  void removesWhatAKilledJvmHasBegun() throws Exception {
    Path begun = Files.createDirectory(directory.resolve("cluster-other.new-123"));
    Files.writeString(begun.resolve("file"), "con");
    fill();
    assertThat(names()).containsExactly("cluster-entry", "cluster.lock");
  }

  @Test
  void makesAnAgedEntryAgain() throws Exception {
    Cache cache = new Cache(directory);
    Cache.Work filler = entry -> fillings.incrementAndGet();
    cache.use(CacheKind.TEMPLATE, "x", Duration.ofMinutes(1), filler, entry -> {});
    cache.use(CacheKind.TEMPLATE, "x", Duration.ofMinutes(1), filler, entry -> {});
    assertThat(fillings).hasValue(1);
    cache.use(CacheKind.TEMPLATE, "x", Duration.ZERO, filler, entry -> {});
    assertThat(fillings).hasValue(2);
  }

  @Test
  void makesAnEntryAgainThatWasWrittenTo() throws Exception {
    Files.writeString(fill().resolve("file"), "CONTENT");
    assertThat(fill().resolve("file")).hasContent("content");
  }

  private static void use(Cache cache, String name) throws IOException, InterruptedException {
    cache.use(
        CacheKind.CLUSTER, name, Cache.FOR_EVER, entry -> {}, entry -> assertThat(entry).exists());
  }

  private static void copySleep(Path entry) throws IOException {
    Files.copy(Path.of("/bin/sleep"), entry.resolve("sleep"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Path fill() throws IOException, InterruptedException {
    return new Cache(directory)
        .entry(
            CacheKind.CLUSTER,
            "entry",
            entry -> {
              fillings.incrementAndGet();
              Thread.sleep(50);
              Files.writeString(entry.resolve("file"), "content");
            });
  }
}
