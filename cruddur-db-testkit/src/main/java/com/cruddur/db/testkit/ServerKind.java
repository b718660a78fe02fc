package com.cruddur.db.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of servers that databases for tests can be on. */
enum ServerKind {
  /** One that is there, named by an address. */
  URL(recipe -> UrlServer.open()),

  /** Our own, from the binaries on the class path. */
  EMBEDDED(EmbeddedServer::open),

  /** One in a container. */
  TESTCONTAINERS(recipe -> ContainerServer.open());

  static final String SETTING = "server";

  private final Opening opening;

  ServerKind(Opening opening) {
    this.opening = opening;
  }

  /** Opens a server of a kind. */
  @FunctionalInterface
  private interface Opening {
    OpenServer open(Recipe recipe);
  }

  /** Opens a server; what it throws says what to do. */
  OpenServer open(Recipe recipe) {
    return opening.open(recipe);
  }

  /** Returns the kind that somebody chose. */
  static Optional<ServerKind> chosen() {
    return TestkitSettings.find(SETTING).map(ServerKind::of);
  }

  static ServerKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TestDatabaseException(
                    "cruddur.testkit.server is '%s'. Set it to one of %s, or leave it out."
                        .formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(ServerKind::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
