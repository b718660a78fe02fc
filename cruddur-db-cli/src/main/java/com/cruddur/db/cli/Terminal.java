package com.cruddur.db.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a person sits at, if anybody does. {@code System.console()} is there without one, too. */
final class Terminal {

  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;
  private static final boolean OUT = isTerminal(1);
  private static final boolean ERR = isTerminal(2);

  private Terminal() {}

  static boolean isOut() {
    return OUT;
  }

  static boolean isErr() {
    return ERR;
  }

  /** See no-color.org: any value but an empty one turns colour off. */
  static boolean hasColour() {
    return OUT
        && ERR
        && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(System.getenv("TERM"));
  }

  /** Returns how many columns a table may have: as many as it wants, where nobody looks. */
  static int width() {
    if (!OUT) {
      return Integer.MAX_VALUE;
    }
    return Math.max(LEAST_WIDTH, number(System.getenv().getOrDefault("COLUMNS", askedWidth())));
  }

  private static int number(String text) {
    return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : USUAL_WIDTH;
  }

  private static String askedWidth() {
    String size = ask("stty", "size");
    return size.substring(size.indexOf(' ') + 1);
  }

  private static String ask(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/tty"))
              .redirectErrorStream(true)
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(1, TimeUnit.SECONDS) ? answer.strip() : "";
    } catch (IOException without) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException notLinux) {
      return isTerminalForTest(descriptor);
    }
  }

  private static boolean isTerminalForTest(int descriptor) {
    try {
      Process process =
          new ProcessBuilder("test", "-t", Integer.toString(descriptor)).inheritIO().start();
      return process.waitFor() == 0;
    } catch (IOException without) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
