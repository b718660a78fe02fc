package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementLogTest {

  private static final String LOGGER = "com.cruddur.db.statements - ";

  @Test
  void hasEachStatementAtDebugWithoutValues() throws Exception {
    List<String> lines = log("debug", "PT20S");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "users\\.insert took [\\d.]+ ms, result length 1: INSERT INTO public.*"))
        .anyMatch(
            line ->
                line.matches(
                    "users\\.find_by_handle took [\\d.]+ ms, result length 1:"
                        + " SELECT u\\.uuid FROM public\\.users u"
                        + " WHERE lower\\(u\\.handle\\) = lower\\(\\?\\)"))
        .anyMatch(line -> line.matches("dsl\\.select took .* 1: SELECT …, …, …, …"))
        .anyMatch(
            line -> line.matches("json\\.execute took .* length 1: UPDATE users SET bio = \\?.*"))
        .anyMatch(
            line -> line.matches("json\\.execute took .* failed with SQLSTATE 22P02: SELECT .*"));
    assertThat(lines.toString()).doesNotContain(StatementLogProgram.CANARY, "4711", "Slow");
  }

  @Test
  void hasSlowQueriesAtInfo() throws Exception {
    List<String> lines = log("info", "PT0.25S");
    assertThat(lines).anyMatch(line -> line.matches("Slow: json\\.value took [\\d.]+ ms, .* 1"));
    assertThat(lines).allMatch(line -> line.startsWith("Slow: "));
    assertThat(lines.toString()).doesNotContain(StatementLogProgram.CANARY, "SELECT");
  }

  @Test
  void isSilentOtherwise() throws Exception {
    assertThat(log("info", "PT20S")).isEmpty();
    assertThatThrownBy(() -> CruddurDb.builder().slowQueries(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
  }

  private static List<String> log(String level, String threshold) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.com.cruddur.db.statements=" + level,
            "-cp",
            System.getProperty("java.class.path"),
            StatementLogProgram.class.getName(),
            TestServer.migratedDatabase().toString().replace("***", "postgres"),
            threshold);
    Process process = builder.redirectErrorStream(true).start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(shown).isZero();
    return shown
        .lines()
        .filter(line -> line.contains(LOGGER))
        .map(line -> line.substring(line.indexOf(LOGGER) + LOGGER.length()))
        .toList();
  }
}
