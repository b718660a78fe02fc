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
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Directories that are made once and then used by every JVM of the account. An entry appears by a
 * rename when it is complete; a half-made, damaged or aged one is made again, and of each kind only
 * the last used are kept. Thread-safe.
 */
final class Cache {

  /** For an entry that never ages. */
  static final Duration FOR_EVER = Duration.ofDays(36_500);

  private static final String UNFINISHED = ".new-";

  private static final Lock IN_THIS_JVM = new ReentrantLock();

  private final Path directory;

  Cache(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** Is done while nobody else does the same. */
  @FunctionalInterface
  interface LockedWork<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Makes the content of an entry, or uses it. */
  @FunctionalInterface
  interface Work {
    void on(Path entry) throws IOException, InterruptedException;
  }

  /**
   * An entry that is there.
   *
   * @param whole waits until each of its files has been looked at, and makes it again if one is
   *     wrong
   */
  record Found(Path path, Work whole) {

    void awaitWhole() throws IOException, InterruptedException {
      whole.on(path);
    }
  }

  /** Returns an entry of which nothing is taken away in use: it is long before it would be. */
  Path entry(CacheKind kind, String name, Work filler) throws IOException, InterruptedException {
    Found entry = find(kind, name, filler);
    entry.awaitWhole();
    return entry.path();
  }

  /** Returns the same, at once if it is there. */
  Found find(CacheKind kind, String name, Work filler) throws IOException, InterruptedException {
    Path entry = path(kind, name);
    if (!TreeStamp.isThere(entry)) {
      use(kind, name, FOR_EVER, filler, made -> {});
      return new Found(entry, made -> {});
    }
    TreeCheck check = TreeCheck.start(entry, FOR_EVER);
    CacheTrim.touch(entry);
    return new Found(
        entry,
        found -> {
          if (!check.succeeds()) {
            use(kind, name, FOR_EVER, filler, made -> {});
          }
        });
  }

  /**
   * Hands the entry to its user, made by the filler if there is none, a damaged one, or one that
   * has grown too old. Nobody else of the account makes, uses or removes one of its kind meanwhile.
   *
   * <p>The look at each of its files goes on beside the use. Should one be wrong, the user is
   * called again, for the new entry.
   */
  void use(CacheKind kind, String name, Duration freshFor, Work filler, Work user)
      throws IOException, InterruptedException {
    locked(
        kind.prefix(),
        () -> {
          Path entry = path(kind, name);
          if (!useWhole(entry, freshFor, user)) {
            make(kind, entry, filler);
            CacheTrim.trim(directory, kind, entry);
            CacheTrim.touch(entry);
            user.on(entry);
          }
          return entry;
        });
  }

  /** Returns whether the entry was used and was whole. */
  private static boolean useWhole(Path entry, Duration freshFor, Work user)
      throws IOException, InterruptedException {
    if (!TreeStamp.isThere(entry)) {
      return false;
    }
    TreeCheck check = TreeCheck.start(entry, freshFor);
    try {
      CacheTrim.touch(entry);
      user.on(entry);
      return check.succeeds();
    } catch (IOException failure) {
      if (check.succeeds()) {
        throw failure;
      }
      return false;
    }
  }

  /** Does something that nobody else of the account does under that name meanwhile. */
  <T> T locked(String name, LockedWork<T> work) throws IOException, InterruptedException {
    IN_THIS_JVM.lockInterruptibly();
    try (FileChannel channel =
        FileTrees.openLock(directory.resolve(name + ".lock"), CREATE, WRITE)) {
      lock(channel);
      return work.run();
    } finally {
      IN_THIS_JVM.unlock();
    }
  }

  /** Removes an entry that its user found to be of no use. */
  void discard(CacheKind kind, String name) throws IOException, InterruptedException {
    use(kind, name, FOR_EVER, made -> {}, FileTrees::delete);
  }

  private Path path(CacheKind kind, String name) {
    return directory.resolve(kind.prefix() + "-" + name);
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

  private void make(CacheKind kind, Path entry, Work filler)
      throws IOException, InterruptedException {
    // Under the lock nobody else of the account makes one: whoever began these was killed.
    deleteAll(kind.prefix() + "-*" + UNFINISHED + "*");
    Path fresh = Files.createTempDirectory(directory, entry.getFileName() + UNFINISHED);
    try {
      // The account that the server runs as has to get in.
      FileTrees.permit(fresh, "rwxr-xr-x");
      filler.on(fresh);
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
