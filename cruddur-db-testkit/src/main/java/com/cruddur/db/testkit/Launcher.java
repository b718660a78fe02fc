package com.cruddur.db.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings up a server, step by step, and takes away what it made if one of them fails. */
final class Launcher {

  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int PORT_ATTEMPTS = 5;
  private static final Duration LONGEST_GIVING_UP = Duration.ofSeconds(10);

  private final LocalPostgres.Builder wishes;

  Launcher(LocalPostgres.Builder wishes) {
    this.wishes = wishes;
  }

  StartedServer launch() {
    Thread launching = Thread.currentThread();
    // Until the server has a hook of its own: a JVM that ends in between takes away what there is.
    Thread givingUp = new Thread(() -> giveUp(launching), "cruddur-db-launch");
    Runtime.getRuntime().addShutdownHook(givingUp);
    try {
      return launchChecked();
    } catch (IOException e) {
      throw new LocalPostgresException(
          Remedy.appendTo("The local server could not be started: " + describe(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalPostgresException("The start of the local server was interrupted.", e);
    } finally {
      removeHook(givingUp);
    }
  }

  private static void giveUp(Thread launching) {
    launching.interrupt();
    try {
      launching.join(LONGEST_GIVING_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending and the hook waits for this thread: let it go once all is taken away.
      LOG.debug("The start of a server met the end of the JVM");
    }
  }

  private StartedServer launchChecked() throws IOException, InterruptedException {
    Installation known = wishes.installation;
    return launchChecked(known == null ? Installation.open(wishes.cacheDirectory) : known);
  }

  private StartedServer launchChecked(Installation installation)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    ServerUser user = installation.user();
    // First make room, wherever throwaway servers may have been.
    Storage.all(wishes.throwawayParent).forEach(each -> Leftovers.sweep(each, user.ownUid()));
    StartedServer server = launch(openDirectory(user), installation);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    LOG.debug("Started {} in {} ms", server, millis);
    return server;
  }

  private StartedServer launch(ServerDirectory directory, Installation installation)
      throws IOException, InterruptedException {
    try {
      if (!directory.isFilled(installation.binaries())) {
        wishes.cluster.of(installation).copyTo(directory, installation.cache());
      }
      for (int attempt = 1; ; attempt++) {
        int port = wishes.port == 0 ? freePort() : wishes.port;
        try {
          return start(directory, installation, port);
        } catch (StartFailedException e) {
          // Between our look and the server's start another process may have taken the port.
          if (wishes.port != 0 || wishes.shared || !e.isPortTaken() || attempt == PORT_ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private StartedServer start(ServerDirectory directory, Installation installation, int port)
      throws IOException, InterruptedException {
    PostgresBinaries binaries = installation.binaries();
    ServerSettings.write(directory, binaries, port, wishes.settings);
    ServerProcess process = ServerProcess.start(directory, binaries, installation.user());
    try {
      process.awaitReady(wishes.startTimeout);
      RelationNotes.putBack(directory.data());
      String password = Files.readString(directory.password());
      return new StartedServer(process, directory, binaries.version(), port, password);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.stop();
      throw e;
    }
  }

  private ServerDirectory openDirectory(ServerUser user) throws IOException, InterruptedException {
    Path kept = wishes.keptDirectory;
    if (kept != null) {
      return ServerDirectory.kept(kept, user);
    }
    Path parent = wishes.throwawayParent == null ? Storage.roomiest() : wishes.throwawayParent;
    return wishes.shared
        ? ServerDirectory.shared(parent, user)
        : ServerDirectory.throwaway(parent, user);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  private static String describe(IOException failure) {
    // Some of the JDK's file exceptions have a path for a message and the reason in their name.
    return failure.getClass() == IOException.class || failure instanceof StartFailedException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }
}
