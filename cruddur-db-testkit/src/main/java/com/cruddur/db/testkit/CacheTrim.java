package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what has not been used for the longest time. */
final class CacheTrim {

  private static final Logger LOG = LoggerFactory.getLogger(CacheTrim.class);
  private static final Duration LONGEST_IDLE = Duration.ofDays(30);

  /** Between the look-up of the programs and the start of a server with them. */
  private static final Duration JUST_USED = Duration.ofHours(1);

  private CacheTrim() {}

  /** Notes that an entry is used now. Its directory's own time is not part of its stamp. */
  static void touch(Path entry) throws IOException {
    Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
  }

  /**
   * Keeps as many entries of a kind as it says, the new one among them. A failure is logged: the
   * next one tries again.
   */
  static void trim(Path directory, CacheKind kind, Path fresh) {
    try {
      List<Path> entries = entriesByUse(directory, kind);
      entries.remove(fresh);
      for (int older = 0; older < entries.size(); older++) {
        Path entry = entries.get(older);
        if ((older >= kind.kept() - 1 || idle(entry, LONGEST_IDLE)) && !isInUse(kind, entry)) {
          FileTrees.delete(entry);
        }
      }
    } catch (IOException e) {
      LOG.debug("Could not trim {}", directory, e);
    }
  }

  private static List<Path> entriesByUse(Path directory, CacheKind kind) throws IOException {
    List<Used> entries = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, kind.prefix() + "-*")) {
      for (Path path : paths) {
        entries.add(new Used(path, lastUse(path)));
      }
    }
    entries.sort(Comparator.comparing(Used::time).reversed());
    return new ArrayList<>(entries.stream().map(Used::path).toList());
  }

  private record Used(Path path, Instant time) {}

  private static Instant lastUse(Path entry) throws IOException {
    return Files.getLastModifiedTime(entry).toInstant();
  }

  private static boolean idle(Path entry, Duration time) throws IOException {
    return lastUse(entry).isBefore(Instant.now().minus(time));
  }

  /**
   * Returns whether a server may run from the entry. Clusters are only copied, under the lock that
   * the caller holds; programs are used as long as their server runs.
   */
  private static boolean isInUse(CacheKind kind, Path entry) throws IOException {
    return kind == CacheKind.BINARIES && (!idle(entry, JUST_USED) || isRun(entry));
  }

  private static boolean isRun(Path entry) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().command().filter(isIn(entry)).isPresent());
  }

  private static Predicate<String> isIn(Path entry) {
    return command -> Path.of(command).startsWith(entry);
  }
}
