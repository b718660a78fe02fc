package com.cruddur.db.testkit;

import java.util.List;
import java.util.stream.Collectors;

/** Tells a test what it has left open. */
final class Leaks {

  private static final String ADVICE =
      "Close connections and databases, best in try-with-resources, and end transactions by commit"
          + " or rollback before that; wait for threads that use them. The causes say where each"
          + " was opened.";

  private Leaks() {}

  /** Returns the failure of the test; its cause, and what is suppressed in it, are the places. */
  static AssertionError failure(List<Leak> leaks, Class<?> testClass) {
    String places =
        leaks.stream()
            .map(leak -> "  - " + leak.kind() + " opened at " + place(leak, testClass) + "\n")
            .collect(Collectors.joining());
    leaks.forEach(leak -> leak.setStackTrace(Frames.withoutOurs(leak.getStackTrace())));
    AssertionError failure =
        new AssertionError("The test left open:\n" + places + ADVICE, leaks.getFirst());
    leaks.stream().skip(1).forEach(failure::addSuppressed);
    return failure;
  }

  private static String place(Leak leak, Class<?> testClass) {
    return Frames.ofTest(leak.getStackTrace(), testClass)
        .map(StackTraceElement::toString)
        .orElse("an unknown place");
  }
}
