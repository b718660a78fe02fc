package com.cruddur.db.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A directory that holds all there is of one server: its data, settings, log and password, and the
 * lock of its owner.
 */
final class ServerDirectory implements Closeable {

  /** Names a throwaway directory, and this JVM in it. */
  private static final String OURS = Leftovers.PREFIX + thisJvm() + "-";

  private final Path home;
  private final OwnerLock lock;
  private final boolean kept;

  private ServerDirectory(Path home, OwnerLock lock, boolean kept) {
    this.home = home;
    this.lock = lock;
    this.kept = kept;
  }

  static ServerDirectory throwaway(Path parent, ServerUser user) throws IOException {
    // The random name and mode 0700 leave nobody else in a shared directory a way in.
    Path home = Files.createTempDirectory(parent.toRealPath(), OURS);
    try {
      FileTrees.permit(home, user.passage());
      return new ServerDirectory(home, OwnerLock.create(home), false);
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
    return new ServerDirectory(home, lock, true);
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

  boolean isKept() {
    return kept;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      if (!kept) {
        FileTrees.delete(home);
      }
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
