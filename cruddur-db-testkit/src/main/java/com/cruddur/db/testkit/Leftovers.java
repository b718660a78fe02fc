package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the throwaway servers whose JVM and guard were both killed, so that neither could. Only
 * directories of our own account are touched, and only those whose lock nobody holds.
 */
final class Leftovers {

  static final String PREFIX = "cruddur-db-server-";
  static final String SHARED_PREFIX = "cruddur-db-shared-";

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration LONGEST_CREATION = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private Leftovers() {}

  /**
   * Looks through a directory of throwaway servers. A failure is logged: it is no reason not to
   * start.
   */
  static synchronized void sweep(Path parent, int ownUid) {
    try (DirectoryStream<Path> directories =
        Files.newDirectoryStream(parent, "{" + PREFIX + "," + SHARED_PREFIX + "}*")) {
      for (Path directory : directories) {
        sweepOne(directory, ownUid);
      }
    } catch (IOException e) {
      LOG.warn("Could not look for leftover servers in {}. Check its permissions.", parent, e);
    }
  }

  private static void sweepOne(Path directory, int ownUid) {
    try {
      if (!ServerDirectory.isOurs(directory) && FileTrees.isPrivate(directory, ownUid)) {
        remove(directory.toRealPath());
      }
    } catch (IOException e) {
      if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        LOG.warn("Could not remove the leftover server in {}. Delete it by hand.", directory, e);
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    OwnerLock lock = OwnerLock.acquireAbandoned(directory).orElse(null);
    if (lock != null) {
      try (lock) {
        if (!isGuarded(directory)) {
          removeLocked(directory);
        }
      }
    } else if (!OwnerLock.isIn(directory) && !isNew(directory)) {
      FileTrees.delete(directory);
    }
  }

  private static void removeLocked(Path directory) throws IOException {
    RunningServer.of(directory.resolve(ClusterTemplate.DATA))
        .ifPresent(server -> server.stop("QUIT", STOP_LIMIT));
    FileTrees.delete(directory);
    LOG.debug("Removed the leftover server in {}", directory);
  }

  /**
   * Returns whether there is a guard to remove a server that JVMs share: after the last has gone it
   * waits a little for another.
   */
  private static boolean isGuarded(Path directory) throws IOException {
    if (!directory.getFileName().toString().startsWith(SHARED_PREFIX)) {
      return false;
    }
    Path watcher = directory.resolve("watcher.pid");
    return Files.exists(watcher)
        ? ProcessHandle.of(Long.parseLong(Files.readString(watcher).strip()))
            .flatMap(process -> process.info().arguments())
            .filter(arguments -> Arrays.asList(arguments).contains(directory.toString()))
            .isPresent()
        : isNew(directory);
  }

  /** Returns whether a directory that lacks something can still be one that is being made. */
  private static boolean isNew(Path directory) throws IOException {
    Instant changed = Files.getLastModifiedTime(directory).toInstant();
    return changed.isAfter(Instant.now().minus(LONGEST_CREATION));
  }
}
