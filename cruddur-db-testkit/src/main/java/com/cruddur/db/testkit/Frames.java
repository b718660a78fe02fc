package com.cruddur.db.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the frame of a stack trace that a reader looks for. */
final class Frames {

  private static final List<String> OF_OTHERS =
      List.of(
          "java.", "jdk.", "org.jooq.", "org.postgresql.", "com.zaxxer.hikari.", "com.cruddur.db.");

  private static final List<String> OF_THE_WATCH =
      Stream.of(ConnectionWatch.class, WatchedDataSource.class, WatchedConnection.class, Leak.class)
          .map(Class::getName)
          .toList();

  private Frames() {}

  /** Leaves out the frames on top that are those of the watch itself. */
  static StackTraceElement[] withoutOurs(StackTraceElement[] trace) {
    int first = 0;
    while (first < trace.length - 1 && isOurs(trace[first].getClassName())) {
      first++;
    }
    return Arrays.copyOfRange(trace, first, trace.length);
  }

  private static boolean isOurs(String className) {
    return className.contains("$Proxy") || OF_THE_WATCH.contains(className);
  }

  /** Returns the frame of the test's class, else the first that is of no library. */
  static Optional<StackTraceElement> ofTest(StackTraceElement[] trace, Class<?> testClass) {
    String outermost = testClass.getNestHost().getName();
    Optional<StackTraceElement> ofTest =
        Arrays.stream(trace)
            .filter(frame -> (frame.getClassName() + "$").startsWith(outermost + "$"))
            .findFirst();
    return ofTest.or(() -> Arrays.stream(trace).filter(Frames::isOfNoLibrary).findFirst());
  }

  private static boolean isOfNoLibrary(StackTraceElement frame) {
    return OF_OTHERS.stream().noneMatch(frame.getClassName()::startsWith);
  }
}
