package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a user of this module gets on the class path, as Maven resolved it for this build. */
class RuntimeDependenciesTest {

  private static final Pattern ARTIFACT = Pattern.compile("\\s*([\\w.-]+:[\\w.-]+):jar:.*");

  @Test
  void areTheFiveThatTheDesignNamesAndWhatTheyBring() throws IOException {
    assertThat(listed())
        .containsExactlyInAnyOrder(
            "org.jooq:jooq",
            "io.r2dbc:r2dbc-spi", // jooq brings it,
            "org.reactivestreams:reactive-streams", // and this
            "com.zaxxer:HikariCP",
            "org.postgresql:postgresql",
            "org.checkerframework:checker-qual", // postgresql brings it
            "org.slf4j:slf4j-api",
            "org.jspecify:jspecify");
  }

  private static List<String> listed() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                RuntimeDependenciesTest.class.getResourceAsStream("/runtime-dependencies.txt"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(ARTIFACT::matcher)
          .filter(java.util.regex.Matcher::matches)
          .map(artifact -> artifact.group(1))
          .toList();
    }
  }
}
