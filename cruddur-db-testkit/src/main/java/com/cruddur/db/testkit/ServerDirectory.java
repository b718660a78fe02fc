package com.cruddur.db.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds all there is of one server: its data, settings, log and password, and the
 * lock of its owner.
 */
final class ServerDirectory implements Closeable {

  /** Names a throwaway directory, and this JVM in it. */
  private static final String OURS = Leftovers.PREFIX + thisJvm() + "-";

  private static final int LOCK_ATTEMPTS = 100;

  private final Path home;
  private final OwnerLock lock;
  private final boolean kept;
  private final @Nullable AlivePipe pipe;

  private ServerDirectory(Path home, OwnerLock lock, boolean kept, @Nullable AlivePipe pipe) {
    this.home = home;
    this.lock = lock;
    this.kept = kept;
    this.pipe = pipe;
  }

  /** Makes the directory of a throwaway server that other JVMs may join. */
  static ServerDirectory shared(Path parent, ServerUser user)
      throws IOException, InterruptedException {
    Path home =
        Files.createTempDirectory(parent.toRealPath(), Leftovers.SHARED_PREFIX + thisJvm() + "-");
    try {
      FileTrees.permit(home, user.passage());
      AlivePipe pipe = AlivePipe.create(home);
      return new ServerDirectory(home, shareLock(home), false, pipe);
    } catch (IOException | InterruptedException e) {
      FileTrees.delete(home);
      throw e;
    }
  }

  /** Somebody who looks for leftovers may hold it for a moment. */
  private static OwnerLock shareLock(Path home) throws IOException, InterruptedException {
    Optional<OwnerLock> lock = OwnerLock.share(home);
    for (int attempt = 0; lock.isEmpty() && attempt < LOCK_ATTEMPTS; attempt++) {
      Thread.sleep(10);
      lock = OwnerLock.share(home);
    }
    return lock.orElseThrow(() -> new IOException(home + " is locked by another process"));
  }

  static ServerDirectory throwaway(Path parent, ServerUser user) throws IOException {
    // The random name and mode 0700 leave nobody else in a shared directory a way in.
    Path home = Files.createTempDirectory(parent.toRealPath(), OURS);
    try {
      FileTrees.permit(home, user.passage());
      return new ServerDirectory(home, OwnerLock.create(home), false, null);
    } catch (IOException e) {
      FileTrees.delete(home);
      throw e;
    }
  }

  static ServerDirectory kept(Path directory, ServerUser user) throws IOException {
    if (Files.exists(directory.resolve("PG_VERSION"))) {
      throw new LocalPostgresException(
          directory
              + " is a cluster's own data directory. Choose an empty or new directory around it.");
    }
    if (Files.notExists(directory)) {
      Files.createDirectories(directory);
      FileTrees.permit(directory, user.passage());
    }
    Path home = directory.toRealPath();
    OwnerLock lock =
        OwnerLock.acquire(home)
            .orElseThrow(
                () ->
                    new LocalPostgresException(
                        home
                            + " is in use by another server. Close that one, or choose another directory."));
    RunningServer.of(home.resolve(ClusterTemplate.DATA))
        .ifPresent(orphan -> orphan.stop("INT", Duration.ofMinutes(1)));
    return new ServerDirectory(home, lock, true, null);
  }

  /** Returns whether the directory is a throwaway one of this JVM. */
  static boolean isOurs(Path directory) {
    return directory.getFileName().toString().startsWith(OURS);
  }

  /** Returns whether there are data already, of the same version. */
  boolean isFilled(PostgresBinaries binaries) throws IOException {
    if (Files.exists(data())) {
      checkVersion(binaries);
      return true;
    }
    return false;
  }

  /** Copies a cluster and its password. */
  void fill(Path template, ServerUser user) throws IOException, InterruptedException {
    Files.deleteIfExists(password());
    ClusterTemplate.writeSecret(
        password(), Files.readString(template.resolve(ClusterTemplate.PASSWORD)));
    // Of a template that turned out to be damaged when it had been copied.
    FileTrees.delete(data());
    Path unfinished = home.resolve("data.new");
    FileTrees.delete(unfinished);
    user.copy(template.resolve(ClusterTemplate.DATA), unfinished);
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  Path home() {
    return home;
  }

  Path data() {
    return home.resolve(ClusterTemplate.DATA);
  }

  Path settings() {
    return home.resolve("server.conf");
  }

  Path log() {
    return home.resolve("server.log");
  }

  Path password() {
    return home.resolve(ClusterTemplate.PASSWORD);
  }

  OwnerLock lock() {
    return lock;
  }

  Optional<AlivePipe> pipe() {
    return Optional.ofNullable(pipe);
  }

  /** Returns whether the guard has noted that the server of JVMs that share it has ended. */
  boolean isMarkedEnded() {
    return pipe != null && Files.exists(home.resolve("ended"));
  }

  boolean isKept() {
    return kept;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      leave();
      if (!kept) {
        FileTrees.delete(home);
      }
    }
  }

  /** Lets go of a server that JVMs share. */
  void leave() throws IOException {
    if (pipe != null) {
      pipe.close();
    }
  }

  private void checkVersion(PostgresBinaries binaries) throws IOException {
    String major = Files.readString(data().resolve("PG_VERSION")).strip();
    if (!major.equals(Integer.toString(binaries.majorVersion()))) {
      throw new LocalPostgresException(
          "%s was made by PostgreSQL %s, and the binaries on the class path are %s. Use binaries of version %s, or another directory."
              .formatted(home, major, binaries.version(), major));
    }
  }

  private static String thisJvm() {
    ProcessHandle self = ProcessHandle.current();
    // In containers every run may have the same pid.
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + Long.toString(started, Character.MAX_RADIX);
  }
}
