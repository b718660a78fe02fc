package com.cruddur.db.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server and its guard, a shell that stops the server and removes its directory as soon as this
 * JVM is gone, in whatever way.
 */
final class ServerProcess {

  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final Duration LAST_CHANCE = Duration.ofSeconds(10);
  private static final int LOG_LINES = 20;

  /** In a build one JVM often starts just after another has ended. */
  private static final Duration NEXT_MAY_COME = Duration.ofSeconds(2);

  private final Process guard;
  private final ServerDirectory directory;

  private ServerProcess(Process guard, ServerDirectory directory) {
    this.guard = guard;
    this.directory = directory;
  }

  static ServerProcess start(ServerDirectory directory, PostgresBinaries binaries, ServerUser user)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ownSession());
    command.addAll(List.of("/bin/sh", "-c", script(), "cruddur-db-guard"));
    command.add(directory.isKept() ? "" : directory.home().toString());
    command.add(directory.pipe().map(pipe -> pipe.file().toString()).orElse(""));
    command.add(Long.toString(NEXT_MAY_COME.toSeconds()));
    command.add(stopSignal(directory));
    command.addAll(
        user.command(
            binaries.program("postgres"),
            "-D",
            directory.data().toString(),
            "-c",
            "config_file=" + directory.settings()));
    Process guard = Command.builder(command).redirectOutput(directory.log().toFile()).start();
    return new ServerProcess(guard, directory);
  }

  /** Waits until the server accepts connections. */
  void awaitReady(Duration limit) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!RunningServer.isReady(directory.data(), guard.toHandle())) {
      if (guard.waitFor(2, TimeUnit.MILLISECONDS) || directory.isMarkedEnded()) {
        throw new StartFailedException("The server ended at its start, " + logged());
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        throw new StartFailedException(
            "The server was not ready within %s, %s".formatted(limit, logged()));
      }
    }
  }

  /** Stops the server; does nothing if it has ended. */
  void stop() {
    try {
      guard.getOutputStream().close();
      directory.leave();
    } catch (IOException e) {
      // The pipe is closed all the same.
    }
    Waiting.uninterruptibly(STOP_LIMIT, () -> !guard.isAlive());
    // Only if somebody killed the guard, or the server does not heed it.
    RunningServer.of(directory.data())
        .ifPresent(server -> server.stop(stopSignal(directory), LAST_CHANCE));
    if (!Waiting.uninterruptibly(LAST_CHANCE, () -> !guard.isAlive())) {
      guard.destroyForcibly();
    }
  }

  /** A throwaway server needs no checkpoint before it goes. */
  private static String stopSignal(ServerDirectory directory) {
    return directory.isKept() ? "INT" : "QUIT";
  }

  private String logged() throws IOException {
    List<String> lines = Files.readAllLines(directory.log(), StandardCharsets.ISO_8859_1);
    List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
    return "and logged last:" + System.lineSeparator() + String.join(System.lineSeparator(), last);
  }

  /**
   * Ctrl-C in a terminal reaches the whole session: ours must not lose its server before it ends.
   */
  private static List<String> ownSession() {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    // macOS has no setsid; there the guard only shuts its ears.
    boolean available =
        Stream.of(path.split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));
    return available ? List.of("setsid") : List.of();
  }

  private static String script() throws IOException {
    try (InputStream script =
        Objects.requireNonNull(ServerProcess.class.getResourceAsStream("guard.sh"), "guard.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
