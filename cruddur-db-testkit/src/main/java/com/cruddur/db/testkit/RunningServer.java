package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The server of a data directory, found by the {@code postmaster.pid} that it keeps there.
 *
 * @param process the server's first process, which all its others depend on
 * @param data its data directory
 */
record RunningServer(ProcessHandle process, Path data) {

  /** Line numbers of the file, from 0: pidfile.h of PostgreSQL's source. */
  private static final int PID_LINE = 0;

  private static final int PORT_LINE = 3;

  private static final int STATUS_LINE = 7;

  private static final Duration LAST_CHANCE = Duration.ofSeconds(10);

  /** Finds the live server of that directory, and no process that was given its pid since. */
  static Optional<RunningServer> of(Path data) {
    return postmaster(read(data))
        .filter(process -> serves(process, data))
        .map(process -> new RunningServer(process, data));
  }

  /** Returns whether the guard's own server accepts connections in that directory. */
  static boolean isReady(Path data, ProcessHandle guard) {
    // A file that a crash left behind says ready too, with the pid of a server long gone. It is
    // read once: the new server may replace it at any moment.
    List<String> file = read(data);
    return line(file, STATUS_LINE).filter("ready"::equals).isPresent()
        && postmaster(file).flatMap(ProcessHandle::parent).filter(guard::equals).isPresent();
  }

  /** Returns the port of a server that accepts connections. */
  Optional<Integer> port() {
    List<String> file = read(data);
    return line(file, STATUS_LINE)
        .filter("ready"::equals)
        .flatMap(ready -> line(file, PORT_LINE))
        .map(Integer::valueOf);
  }

  /** Stops the server by a signal, and if it does not heed it, by force. */
  void stop(String signal, Duration limit) {
    send(signal);
    if (!ended(limit)) {
      send("QUIT");
      if (!ended(LAST_CHANCE)) {
        process.destroyForcibly();
        ended(LAST_CHANCE);
      }
    }
  }

  private boolean ended(Duration limit) {
    // Not isAlive(): in a container whose first process reaps no orphans, a dead one stays a
    // zombie.
    return Waiting.uninterruptibly(limit, () -> !serves(process, data));
  }

  private void send(String signal) {
    // The JDK can send SIGTERM and SIGKILL only: the first waits for every client, the second
    // leaves no time to tidy up.
    List<String> command =
        List.of("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(process.pid()));
    try {
      Process kill =
          Command.builder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      Waiting.uninterruptibly(LAST_CHANCE, () -> !kill.isAlive());
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  private static boolean serves(ProcessHandle process, Path data) {
    return process
        .info()
        .arguments()
        .filter(arguments -> Arrays.asList(arguments).contains(data.toString()))
        .isPresent();
  }

  private static Optional<ProcessHandle> postmaster(List<String> file) {
    // A negative number is a single-user session, which is none of ours.
    return line(file, PID_LINE)
        .filter(text -> text.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .flatMap(ProcessHandle::of);
  }

  private static Optional<String> line(List<String> file, int number) {
    return number < file.size() ? Optional.of(file.get(number).strip()) : Optional.empty();
  }

  private static List<String> read(Path data) {
    try {
      return Files.readAllLines(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      // Not written yet, or no longer there.
      return List.of();
    }
  }
}
