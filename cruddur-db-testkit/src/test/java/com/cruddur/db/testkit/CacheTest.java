package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                        "entry",
                        entry -> {
                          Files.writeString(entry.resolve("file"), "con");
                          throw new IOException("No space left on device");
                        }))
        .hasMessage("No space left on device");
    assertThat(names()).containsExactly("entry.lock");
    assertThat(fill().resolve("file")).hasContent("content");
    assertThat(names()).containsExactly("entry", "entry.lock");
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

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private Path fill() throws IOException, InterruptedException {
    return new Cache(directory)
        .entry(
            "entry",
            entry -> {
              fillings.incrementAndGet();
              Thread.sleep(50);
              Files.writeString(entry.resolve("file"), "content");
            });
  }
}
