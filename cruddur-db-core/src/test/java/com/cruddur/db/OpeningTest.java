package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {

  private static final int FIRST_JAVA_THAT_NAMES_THE_THREAD = 25;

  /** Those that were seen waiting for each other (jOOQ issues 19529 and 19550). */
  private static final Pattern INITIALIZED =
      Pattern.compile(
          "Initializing 'org/jooq/impl/"
              + "(?:DSL|DefaultDSLContext|SQLDataType|DefaultDataType|AbstractDataType|Tools)'"
              + ".* by thread (.*)");

  @TempDir private Path folder;

  @Test
  void ofTheJsonQueriesAlonePrintsNothingOfJooqs() throws Exception {
    // A busy machine makes the first statement slow enough to be told.
    List<String> options = List.of("-Dorg.slf4j.simpleLogger.log.com.cruddur.db.statements=warn");
    assertThat(ForkedJvm.run(folder, options, JsonOnlyProgram.class, TestServer.url().jdbcUrl()))
        .isEqualToIgnoringNewLines("[{\"n\":1}]");
  }

  @Test
  void leavesJooqTheThresholdThatWasSet() throws Exception {
    String url = TestServer.emptyDatabase().toString().replace("***", "postgres");
    assertThat(ForkedJvm.run(folder, List.of(), QuietJooqProgram.class, url).lines())
        .filteredOn(line -> !line.contains("Hikari"))
        .singleElement()
        .asString()
        .contains("ERROR")
        .contains("answer")
        .endsWith(": 1");
  }

  @RepeatedTest(3)
  void onSeveralThreadsAtOnceLoadsJooqOnOneAndDoesNotDeadlock() throws Exception {
    Path log = folder.resolve("classes.log");
    List<String> options = List.of("-Xlog:class+init=info:file=" + log);
    String url = TestServer.migratedDatabase().toString().replace("***", "postgres");
    assertThat(ForkedJvm.run(folder, options, OpeningProgram.class, url).lines())
        .filteredOn(line -> line.equals("users 0"))
        .hasSize(OpeningProgram.THREADS);
    if (Runtime.version().feature() >= FIRST_JAVA_THAT_NAMES_THE_THREAD) {
      assertThat(initializers(log)).hasSize(1);
    }
  }

  private static Set<String> initializers(Path log) throws Exception {
    try (var lines = Files.lines(log)) {
      return lines
          .map(INITIALIZED::matcher)
          .filter(Matcher::find)
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    }
  }
}
