package com.cruddur.db.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Directories that are made once and then used by every JVM of the account. An entry appears by a
 * rename when it is complete; a half-made or damaged one is made again. Thread-safe.
 */
final class Cache {

  private static final Lock IN_THIS_JVM = new ReentrantLock();

  private final Path directory;

  Cache(Path directory) {
    this.directory = directory;
  }

  /** Makes the content of an entry. */
  @FunctionalInterface
  interface Filler {
    void fill(Path directory) throws IOException, InterruptedException;
  }

  /** Returns the entry of that name, made by the filler if there is none or a damaged one. */
  Path entry(String name, Filler filler) throws IOException, InterruptedException {
    Path entry = directory.resolve(name);
    if (TreeStamp.matches(entry)) {
      return entry;
    }
    IN_THIS_JVM.lockInterruptibly();
    try (FileChannel channel =
        FileTrees.openLock(directory.resolve(name + ".lock"), CREATE, WRITE)) {
      lock(channel);
      if (!TreeStamp.matches(entry)) {
        make(entry, filler);
      }
      return entry;
    } finally {
      IN_THIS_JVM.unlock();
    }
  }

  /** Locks until the channel is closed. */
  private static void lock(FileChannel channel) throws IOException, InterruptedException {
    while (true) {
      try {
        if (channel.tryLock() != null) {
          return;
        }
      } catch (OverlappingFileLockException e) {
        // Held by this class in another class loader of this JVM: wait like for another JVM.
      }
      Thread.sleep(10);
    }
  }

  private void make(Path entry, Filler filler) throws IOException, InterruptedException {
    String unfinished = entry.getFileName() + ".new-";
    deleteAll(unfinished + "*");
    Path fresh = Files.createTempDirectory(directory, unfinished);
    try {
      // The account that the server runs as has to get in.
      FileTrees.permit(fresh, "rwxr-xr-x");
      filler.fill(fresh);
      TreeStamp.write(fresh);
      FileTrees.delete(entry);
      Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      // On success it has moved. A full disk must not stay full because of us.
      FileTrees.delete(fresh);
    }
  }

  private void deleteAll(String pattern) throws IOException {
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, pattern)) {
      for (Path path : unfinished) {
        FileTrees.delete(path);
      }
    }
  }
}
