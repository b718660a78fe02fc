package com.cruddur.db.testkit;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings whose names begin with {@code cruddur.testkit.}: system properties, and in JUnit its
 * configuration parameters as well.
 */
final class TestkitSettings {

  private static final String PREFIX = "cruddur.testkit.";

  private static volatile Function<String, Optional<String>> source =
      name -> Optional.ofNullable(System.getProperty(name));

  private TestkitSettings() {}

  /** Reads from now on from JUnit, whose parameters include the system properties. */
  static void readFrom(Function<String, Optional<String>> parameters) {
    source = parameters;
  }

  /** Returns the value of a setting, none if it is blank. */
  static Optional<String> find(String name) {
    return source.apply(PREFIX + name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** Returns the directory of the cache if one was chosen. */
  static @Nullable Path cacheDirectory() {
    return find("cache").map(text -> Path.of(text).toAbsolutePath().normalize()).orElse(null);
  }
}
