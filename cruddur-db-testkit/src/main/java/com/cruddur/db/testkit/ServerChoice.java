package com.cruddur.db.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Finds a server: the kind that was chosen, or the one that an address names, or the first of the
 * others that works.
 */
final class ServerChoice {

  private ServerChoice() {}

  static OpenServer open(Recipe recipe) {
    Optional<ServerKind> chosen = ServerKind.chosen();
    if (chosen.isPresent()) {
      return open(List.of(chosen.get()), recipe);
    }
    // Whoever names a server does not want another one in its place when it cannot be reached.
    return UrlServer.isNamed()
        ? open(List.of(ServerKind.URL), recipe)
        : open(List.of(ServerKind.EMBEDDED, ServerKind.TESTCONTAINERS), recipe);
  }

  private static OpenServer open(List<ServerKind> kinds, Recipe recipe) {
    Map<ServerKind, RuntimeException> failures = new LinkedHashMap<>();
    for (ServerKind kind : kinds) {
      try {
        OpenServer server = kind.open(recipe);
        failures.forEach(ServerChoice::warn);
        return server;
      } catch (TestDatabaseException | LocalPostgresException failure) {
        failures.put(kind, failure);
        if (Thread.currentThread().isInterrupted()) {
          break;
        }
      }
    }
    throw failed(failures);
  }

  /** Without a field for the logger: its library would be waited for before anything is begun. */
  private static void warn(ServerKind kind, RuntimeException failure) {
    LoggerFactory.getLogger(ServerChoice.class).warn("{}: {}", kind, failure.getMessage());
  }

  private static TestDatabaseException failed(Map<ServerKind, RuntimeException> failures) {
    String tried =
        failures.entrySet().stream()
            .map(failure -> "- " + failure.getKey() + ": " + failure.getValue().getMessage())
            .collect(Collectors.joining(System.lineSeparator()));
    String others =
        failures.containsKey(ServerKind.URL)
            ? ""
            : System.lineSeparator()
                + "- url: not tried. Set "
                + UrlServer.VARIABLE
                + " to the address of any PostgreSQL on which databases may be created, "
                + UrlServer.EXAMPLE;
    TestDatabaseException failed =
        new TestDatabaseException(
            "There is no server for the databases of tests. Tried, with what to do about each:"
                + System.lineSeparator()
                + tried
                + others);
    failures.values().forEach(failed::addSuppressed);
    return failed;
  }
}
