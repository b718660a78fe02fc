package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one server that all JVMs of an account use at the same time. The first starts it, the others
 * find it by a file in the cache, and a guard stops it soon after the last has ended.
 */
final class SharedServer {

  private static final Logger LOG = LoggerFactory.getLogger(SharedServer.class);

  /** To be raised when the file, the pipe or the settings come to mean something else. */
  private static final String FORMAT = "1";

  private final Path home;
  private final ConnectionUrl url;
  private final AlivePipe pipe;
  private final OwnerLock lock;

  private SharedServer(Path home, int port, AlivePipe pipe, OwnerLock lock) throws IOException {
    String password = Files.readString(home.resolve(ClusterTemplate.PASSWORD));
    this.home = home;
    this.url =
        ConnectionUrl.parse(
            "postgresql://postgres:%s@127.0.0.1:%d/postgres?sslmode=disable"
                .formatted(password, port));
    this.pipe = pipe;
    this.lock = lock;
  }

  /** Joins the server that runs, or starts one whose cluster holds the template. */
  static SharedServer open(Installation installation, Recipe recipe)
      throws IOException, InterruptedException {
    Cache cache = installation.cache();
    Path file =
        cache.directory().resolve("shared-" + FORMAT + "-" + installation.newCluster().name());
    Optional<SharedServer> running = find(file, installation);
    return running.isPresent()
        ? running.get()
        : cache.locked("shared", () -> findOrStart(file, installation, recipe));
  }

  private static SharedServer findOrStart(Path file, Installation installation, Recipe recipe)
      throws IOException, InterruptedException {
    Optional<SharedServer> running = find(file, installation);
    if (running.isPresent()) {
      return running.get();
    }
    SharedServer server = start(installation, recipe);
    Path fresh =
        Files.writeString(file.resolveSibling(file.getFileName() + ".new"), server.home.toString());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return server;
  }

  private static SharedServer start(Installation installation, Recipe recipe)
      throws IOException, InterruptedException {
    try {
      return launch(installation, recipe);
    } catch (LocalPostgresException failure) {
      // Whatever it was, a port that somebody else was faster to take or a cluster that was damaged
      // in a way that its stamp does not show: with a new one it must work.
      LOG.warn("The server for tests is started from scratch. {}", failure.getMessage());
      new SeededCluster(installation, recipe).discard();
      return launch(installation, recipe);
    }
  }

  private static SharedServer launch(Installation installation, Recipe recipe) throws IOException {
    LocalPostgres.Builder wishes = LocalPostgres.builder();
    wishes.installation = installation;
    wishes.cluster = known -> new SeededCluster(known, recipe);
    wishes.shared = true;
    StartedServer started = new Launcher(wishes).launch();
    ServerDirectory directory = started.directory();
    return new SharedServer(
        directory.home(), started.port(), directory.pipe().orElseThrow(), directory.lock());
  }

  private static Optional<SharedServer> find(Path file, Installation installation)
      throws IOException {
    try {
      Path home = Path.of(Files.readString(file));
      return home.isAbsolute() && FileTrees.isPrivate(home, installation.user().ownUid())
          ? join(home)
          : Optional.empty();
    } catch (NoSuchFileException | InvalidPathException e) {
      // None yet, or it has gone; or a power failure has left the file in shreds.
      return Optional.empty();
    }
  }

  private static Optional<SharedServer> join(Path home) throws IOException {
    Optional<OwnerLock> lock = OwnerLock.share(home);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    Optional<AlivePipe> pipe = AlivePipe.join(home);
    Optional<Integer> port =
        RunningServer.of(home.resolve(ClusterTemplate.DATA)).flatMap(RunningServer::port);
    if (pipe.isPresent() && port.isPresent()) {
      LOG.debug("Joined the server in {}", home);
      return Optional.of(new SharedServer(home, port.get(), pipe.get(), lock.get()));
    }
    if (pipe.isPresent()) {
      pipe.get().close();
    }
    lock.get().close();
    return Optional.empty();
  }

  /** Returns the address of the database {@code postgres} for the superuser. */
  ConnectionUrl url() {
    return url;
  }

  /** Returns the directory that holds the server's data and log. */
  Path home() {
    return home;
  }

  /** Keeps the server for a time, also when all JVMs that use it have ended. */
  void hold(Duration time) throws IOException {
    pipe.hold(time);
  }

  /** Lets go of the server before the JVM ends. */
  void leave() throws IOException {
    pipe.close();
    lock.close();
  }

  @Override
  public String toString() {
    return "SharedServer[" + home + "]";
  }
}
