package com.cruddur.db.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
    Process process = builder(command).start();
    process.getOutputStream().close();
    // Read beside the wait: a full pipe would stop the program, and the wait has a limit.
    StringBuffer output = new StringBuffer();
    Thread reader = Thread.ofPlatform().daemon().start(() -> read(process, output));
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("%s did not end within %s".formatted(command, LIMIT));
      }
      reader.join();
      return new Result(process.exitValue(), summary(output.toString().lines().toList()));
    } finally {
      process.destroyForcibly();
    }
  }

  private static void read(Process process, StringBuffer output) {
    try (InputStream stream = process.getInputStream()) {
      output.append(new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      output.append(e);
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
}
