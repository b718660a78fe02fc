package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.execute("postgres", "CREATE DATABASE cruddur_test");
    server.createUser("cruddurroot");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsWhoIsConnectedFittedToTheTerminal() throws Exception {
    try (Connection backend =
            server.connect("cruddur_test", "backend-with-a-long-name-" + "x".repeat(30));
        Connection elsewhere = server.connect("postgres", "elsewhere");
        Statement statement = backend.createStatement()) {
      backend.setAutoCommit(false);
      statement.execute("SELECT 'row content'");
      CommandProcess.Result all =
          CommandProcess.run(server.environment("cruddur_test"), "sessions");
      assertThat(all.exitCode()).as(all.err()).isZero();
      assertThat(all.out().lines().findFirst().orElseThrow().split(" +"))
          .containsExactly(
              "process_id",
              "user",
              "db",
              "client_addr",
              "app",
              "state",
              "duration",
              "wait",
              "query_start");
      assertThat(all.out())
          .contains(
              "backend-with-a-long-name-xxxxx",
              "idle in transaction",
              "127.0.0.1",
              "Client:ClientRead")
          .hasLineCount(2)
          .doesNotContain("row content", "elsewhere");
      assertThat(CommandProcess.run(server.environment("cruddur_test"), "sessions", "--all").out())
          .contains("elsewhere");

      CommandProcess.Result narrow =
          CommandProcess.runInTerminal(90, server.environment("cruddur_test"), "sessions");
      assertThat(narrow.out().lines().filter(line -> !line.startsWith("database ")))
          .hasSize(2)
          .allMatch(line -> line.codePointCount(0, line.length()) <= 90)
          .anyMatch(line -> line.contains("…"));

      String json =
          CommandProcess.run(server.environment("cruddur_test"), "sessions", "--json").out();
      assertThat(json)
          .startsWith("[{\"process_id\":")
          .contains(
              "\"db\":\"cruddur_test\"",
              "\"state\":\"idle in transaction\"",
              "\"duration_seconds\":",
              "\"query_start\":\"");
      assertThat(elsewhere.isValid(1)).isTrue();
    }
  }

  @Test
  void endsTheSessionsOfThisDatabaseAlone() throws Exception {
    try (Connection backend = server.connect("cruddur_test", "backend");
        Connection report = server.connect("cruddur_test", "report");
        Connection elsewhere = server.connect("postgres", "elsewhere")) {
      CommandProcess.Result one =
          CommandProcess.run(
              server.environment("cruddur_test"), "kill-sessions", "--app", "report");
      assertThat(one.exitCode()).as(one.err()).isZero();
      assertThat(one.out()).isEqualTo("1 session ended: report 1\n");
      assertThat(backend.isValid(1)).isTrue();
      CommandProcess.Result all =
          CommandProcess.run(server.environment("cruddur_test"), "kill-sessions", "--json");
      assertThat(all.out()).contains("\"app\":\"backend\"", "\"left\":[]");
      assertThat(backend.isValid(1) || report.isValid(1)).isFalse();
      assertThat(elsewhere.isValid(1)).isTrue();
    }
  }

  @Test
  void saysWhichSessionsItMayNotEnd() throws Exception {
    try (Connection backend = server.connect("cruddur_test", "backend")) {
      CommandProcess.Result result =
          CommandProcess.run(server.environment("cruddurroot", "cruddur_test"), "kill-sessions");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).isEqualTo("0 sessions ended\n");
      assertThat(result.err()).contains("pg_signal_backend");
      assertThat(backend.isValid(1)).isTrue();
    }
  }
}
