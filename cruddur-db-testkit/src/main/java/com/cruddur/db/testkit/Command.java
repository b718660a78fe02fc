package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the short-lived programs that a server needs: initdb, cp, kill. */
final class Command {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final int SHOWN_LINES = 5;

  private Command() {}

  /** What a program wrote, standard output and errors together, and its exit status. */
  record Result(int status, String output) {

    boolean succeeded() {
      return status == 0;
    }
  }

  static Result run(List<String> command) throws IOException, InterruptedException {
    // A file and not a pipe: nobody has to read while we wait, and a time limit stays possible.
    Path output = Files.createTempFile("cruddur-db-", ".out");
    try {
      Process process = builder(command).redirectOutput(output.toFile()).start();
      process.getOutputStream().close();
      int status = await(process, command);
      return new Result(status, summary(Files.readAllLines(output, StandardCharsets.ISO_8859_1)));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Returns whether the program exists and succeeds. */
  static boolean succeeds(String... command) throws InterruptedException {
    try {
      return run(Arrays.asList(command)).succeeded();
    } catch (IOException e) {
      return false;
    }
  }

  /** Prepares a program with an environment in which none of the user's settings reach a server. */
  static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    // The current directory may be one that the server's account cannot enter.
    return builder.directory(Path.of("/").toFile());
  }

  /** Leaves out the middle: cp on a full disk complains about every file. */
  private static String summary(List<String> lines) {
    List<String> summary = new ArrayList<>(lines);
    if (lines.size() > 2 * SHOWN_LINES) {
      summary.subList(SHOWN_LINES, lines.size() - SHOWN_LINES).clear();
      summary.add(SHOWN_LINES, "…");
    }
    return String.join(System.lineSeparator(), summary).strip();
  }

  private static int await(Process process, List<String> command)
      throws IOException, InterruptedException {
    try {
      if (process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new IOException("%s did not end within %s".formatted(command, LIMIT));
    } finally {
      process.destroyForcibly();
    }
  }
}
