package com.cruddur.db.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Data go to standard output and nothing else does, so that it can be piped; the rest is on err.
 */
final class Console {

  private Console() {}

  /** Writes data and a line break. */
  static void data(byte[] utf8) {
    PrintStream out = System.out;
    out.write(utf8, 0, utf8.length);
    out.write('\n');
    out.flush();
    if (out.checkError()) {
      throw new IllegalStateException(
          "Standard output took not all: it was closed, or its disk is full.");
    }
  }

  /** Writes lines of data. */
  static void lines(List<String> lines) {
    lines.forEach(line -> data(utf8(line)));
  }

  /** Writes data as JSON. */
  static void json(@Nullable Object value) {
    data(utf8(Json.of(value)));
  }

  /** Says something about the work. */
  static void say(String text) {
    System.err.println(text);
  }

  /** Does a step and says when it is done, with what came of it and the time it took. */
  static <T> T step(String name, Callable<T> work, StepResult<T> result) throws Exception {
    long start = System.nanoTime();
    T value = work.call();
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    say(
        String.format(
            Locale.ROOT, "%-22s %6.2f s  %s", name, time.toNanos() / 1e9, result.describe(value)));
    return value;
  }

  /** Says in a few words what came of a step. */
  @FunctionalInterface
  interface StepResult<T> {

    String describe(T value);
  }

  /** Returns a text as UTF-8. */
  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
