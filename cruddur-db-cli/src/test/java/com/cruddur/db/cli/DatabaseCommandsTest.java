package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.testkit.LocalPostgres;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseCommandsTest {

  private static final String CANARY = "canary-51d0-secret";
  private static LocalPostgres server;

  @BeforeAll
  static void start() {
    server = LocalPostgres.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void migratesSeedsAndReadsTheFeedOfAnyServer() throws Exception {
    Map<String, String> environment = Map.of("CONNECTION_URL", url("template1"));
    CommandProcess.Result early = CommandProcess.run(environment, "feed");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("42P01", "Apply the migrations: bin/cruddur-db migrate");

    CommandProcess.Result tooEarly = CommandProcess.run(environment, "seed");
    assertThat(tooEarly.exitCode()).isEqualTo(1);
    assertThat(tooEarly.err()).contains("public.users", "Apply the migrations");

    CommandProcess.Result migrate = CommandProcess.run(environment, "migrate");
    assertThat(migrate.exitCode()).as(migrate.err()).isZero();
    assertThat(migrate.out()).isEmpty();
    assertThat(migrate.err()).contains("database template1 on 127.0.0.1:", "schema version");

    assertThat(CommandProcess.run(environment, "seed").err()).contains("3 rows");
    assertThat(CommandProcess.run(environment, "seed").err()).contains("was there already");

    CommandProcess.Result feed = CommandProcess.run(environment, "feed", "--limit", "5");
    assertThat(feed.exitCode()).isZero();
    assertThat(feed.out()).startsWith("[{").endsWith("}]\n").contains("andrewbrown");
    assertThat(feed.err()).doesNotContain(password());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void saysCauseAndRemedyInOneLineWithoutSecret(String name, String url, String expected)
      throws Exception {
    Map<String, String> environment = url == null ? Map.of() : Map.of("CONNECTION_URL", url);
    CommandProcess.Result result = CommandProcess.run(environment, "feed");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().filter(line -> !line.startsWith("database ")))
        .singleElement()
        .asString()
        .startsWith("cruddur-db: ")
        .contains(expected);
    assertThat(result.err()).doesNotContain(CANARY, password(), "\tat ");
  }

  static Stream<Arguments> failures() {
    int port = server.port();
    return Stream.of(
        Arguments.of("not set", null, "CONNECTION_URL is not set. Set it to postgresql://"),
        Arguments.of("no URI", CANARY, "CONNECTION_URL"),
        Arguments.of(
            "a JDBC URL",
            "jdbc:postgresql://localhost/cruddur?password=" + CANARY,
            "postgresql://user:password@host:5432/database"),
        Arguments.of("an open @", "postgresql://u:" + CANARY + "@x@localhost/cruddur", "%40"),
        Arguments.of(
            "no server", "postgresql://u:" + CANARY + "@127.0.0.1:1/cruddur", "nothing listens"),
        Arguments.of(
            "wrong password",
            "postgresql://postgres:" + CANARY + "@127.0.0.1:" + port + "/postgres",
            "28P01"),
        Arguments.of("no such database", url("nowhere"), "3D000"),
        Arguments.of("not migrated", url("postgres"), "cruddur-db migrate"));
  }

  @Test
  void showsTheStackTraceOnlyWhenAsked() throws Exception {
    CommandProcess.Result result = CommandProcess.run(Map.of(), "feed", "--verbose");
    assertThat(result.err()).contains("\tat com.cruddur.db");
  }

  @Test
  void tellsWrongUsageByItsExitCode() throws Exception {
    CommandProcess.Result limit =
        CommandProcess.run(Map.of("CONNECTION_URL", url("postgres")), "feed", "--limit", "0");
    assertThat(limit.exitCode()).isEqualTo(2);
    assertThat(limit.err()).contains("--limit is 1 to 100");
    CommandProcess.Result both =
        CommandProcess.run(Map.of(), "info", "--env", "prod", "--url", url("postgres"));
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("leave one of them out");
  }

  @Test
  void takesTheDatabaseOfTheEnvironmentOfTheOptionOrOfStandardInput() throws Exception {
    String expected = "database postgres on 127.0.0.1:" + server.port() + " as user postgres (";
    Map<String, String> prod =
        Map.of("PROD_CONNECTION_URL", url("postgres"), "CONNECTION_URL", "x");
    assertThat(CommandProcess.run(prod, "info", "--env", "prod").err())
        .isEqualTo(expected + "PROD_CONNECTION_URL)\n");
    assertThat(CommandProcess.run(Map.of(), "info", "--url", url("postgres")).err())
        .isEqualTo(expected + "--url)\n");
    assertThat(CommandProcess.runWithInput(url("postgres"), Map.of(), "info", "--url", "-").err())
        .isEqualTo(expected + "--url)\n");
    CommandProcess.Result unset = CommandProcess.run(Map.of(), "info", "--env", "prod");
    assertThat(unset.exitCode()).isEqualTo(1);
    assertThat(unset.err()).contains("PROD_CONNECTION_URL is not set");
  }

  private static String password() {
    return server.url().password().orElseThrow();
  }

  private static String url(String database) {
    ConnectionUrl url = server.url();
    return "postgresql://postgres:"
        + password()
        + "@127.0.0.1:"
        + url.hosts().get(0).port()
        + "/"
        + database;
  }
}
