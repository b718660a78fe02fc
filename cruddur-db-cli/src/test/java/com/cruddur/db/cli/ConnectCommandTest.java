package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectCommandTest {

  private static final String USER = "o'neill \"x\" = ünï";
  private static final String DATABASE = "postgresql://da ta'ba=se %41";

  private static Server server;
  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.createUser(USER);
    server.execute("postgres", "CREATE DATABASE " + Sql.identifier(DATABASE));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  @Tag("external")
  void psqlReachesTheDatabaseWhateverItsNamesAndPassword() throws Exception {
    Map<String, String> environment = new HashMap<>(server.environment(USER, DATABASE));
    // Each would lead psql elsewhere.
    environment.putAll(Map.of("PGHOSTADDR", "192.0.2.1", "PGSERVICE", "x", "PGOPTIONS", "-c x=y"));
    CommandProcess.Result result =
        CommandProcess.run(
            environment,
            "connect",
            "--",
            "-XAtc",
            "SELECT current_user || '|' || current_database()");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo(USER + "|" + DATABASE + "\n");
    assertThat(CommandProcess.run(environment, "connect", "--", "-Xc", "SELECT 1/0").exitCode())
        .isEqualTo(1);
  }

  @Test
  @Tag("external")
  void noProcessShowsThePassword() throws Exception {
    CommandProcess connect =
        CommandProcess.start(
            server.environment(USER, DATABASE), "connect", "--", "-XAtc", "SELECT pg_sleep(60)");
    while (!server
        .texts("postgres", "SELECT query FROM pg_stat_activity")
        .contains("SELECT pg_sleep(60)")) {
      assertThat(connect.process().isAlive()).isTrue();
      Thread.sleep(50);
    }
    List<String> lines = commandLines();
    assertThat(lines).anyMatch(line -> line.contains("psql") && line.contains("pg_sleep(60)"));
    assertThat(lines)
        .noneMatch(
            line ->
                line.contains(Server.PASSWORD) || line.contains(Server.encoded(Server.PASSWORD)));
    server.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()");
    assertThat(connect.await().exitCode()).isEqualTo(2);
  }

  @Test
  void givesPsqlTheAddressInItsEnvironmentAndItsOwnArgumentsAlone() throws Exception {
    Path psql =
        Files.writeString(
            directory.resolve("psql"), "#!/bin/sh\nenv | grep ^PG\nprintf '[%s]' \"$@\"; exit 7\n");
    assertThat(psql.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment =
        Map.of(
            "CONNECTION_URL",
            "postgresql://u:pass%21word@db.x1.rds.amazonaws.com,h2:6543/cruddur?options=-c%20a%3Db&keepalives=1",
            "PATH",
            directory + ":" + System.getenv("PATH"));
    CommandProcess.Result result =
        CommandProcess.run(environment, "connect", "--", "-c", "SELECT 'x y'");
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out())
        .contains(
            "PGHOST=db.x1.rds.amazonaws.com,h2\n",
            "PGPORT=5432,6543\n",
            "PGUSER=u\n",
            "PGDATABASE=cruddur\n",
            "PGPASSWORD=pass!word\n",
            "PGOPTIONS=-c a=b\n",
            "PGSSLMODE=verify-full\n",
            "PGSSLROOTCERT=/")
        .endsWith("[-c][SELECT 'x y']");
    assertThat(result.err()).contains("does without: keepalives").doesNotContain("pass!word");
    String roots =
        result
            .out()
            .lines()
            .filter(line -> line.startsWith("PGSSLROOTCERT="))
            .findFirst()
            .orElseThrow();
    assertThat(Path.of(roots.substring("PGSSLROOTCERT=".length()))).doesNotExist();
  }

  @Test
  void saysHowToGetPsql() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("env"), Path.of("/usr/bin/env"));
    Map<String, String> environment = new HashMap<>(server.environment(USER, DATABASE));
    environment.put("PATH", bin.toString());
    CommandProcess.Result result = CommandProcess.run(environment, "connect");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("apt install postgresql-client");
  }

  private static List<String> commandLines() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .map(ConnectCommandTest::commandLine)
          .toList();
    }
  }

  private static String commandLine(Path process) {
    try {
      return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
          .replace('\0', ' ');
    } catch (IOException ended) {
      return "";
    }
  }
}
