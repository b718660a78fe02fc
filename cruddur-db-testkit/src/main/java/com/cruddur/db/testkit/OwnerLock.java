package com.cruddur.db.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a server's directory. The operating system gives it up when its JVM ends, however
 * that happens, so whoever gets it knows that the directory has no owner any more.
 */
final class OwnerLock implements Closeable {

  private static final String FILE_NAME = "owner.lock";

  // POSIX drops a process's lock when it closes any descriptor of the file, so this JVM must not
  // even open the file of a lock that it holds.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private OwnerLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Locks a new directory. The file has its name only when it is locked: nobody sees it free. */
  static OwnerLock create(Path directory) throws IOException {
    Path hidden = directory.resolve(FILE_NAME + ".new");
    Path canonical = directory.toRealPath();
    HELD.add(canonical);
    FileChannel channel = FileTrees.openLock(hidden, CREATE, WRITE);
    OwnerLock lock = new OwnerLock(canonical, channel);
    try {
      channel.lock();
      Files.move(hidden, directory.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
      return lock;
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** Locks a directory that may have been used before; empty if it is in use. */
  static Optional<OwnerLock> acquire(Path directory) throws IOException {
    return acquire(directory, false, CREATE, WRITE);
  }

  /** Locks a directory if it has a lock file that nobody holds. */
  static Optional<OwnerLock> acquireAbandoned(Path directory) throws IOException {
    return isIn(directory) ? acquire(directory, false, WRITE) : Optional.empty();
  }

  /** Locks a directory that several JVMs own together; empty if it is being removed. */
  static Optional<OwnerLock> share(Path directory) throws IOException {
    return acquire(directory, true, CREATE, READ, WRITE);
  }

  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE_NAME));
  }

  private static Optional<OwnerLock> acquire(Path directory, boolean shared, OpenOption... options)
      throws IOException {
    Path canonical = directory.toRealPath();
    if (!HELD.add(canonical)) {
      return Optional.empty();
    }
    FileChannel channel;
    try {
      channel = FileTrees.openLock(directory.resolve(FILE_NAME), options);
    } catch (IOException e) {
      HELD.remove(canonical);
      throw e;
    }
    OwnerLock lock = new OwnerLock(canonical, channel);
    if (lock.isFree(shared)) {
      return Optional.of(lock);
    }
    lock.close();
    return Optional.empty();
  }

  private boolean isFree(boolean shared) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(directory);
  }
}
