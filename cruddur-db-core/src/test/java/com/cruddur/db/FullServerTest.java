package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose max_connections are all in use. */
class FullServerTest {

  private static final int MAX_CONNECTIONS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"ann", "postgres"})
  void saysSoAtOnceAndWhatToDo(String user) throws Exception {
    try (EmbeddedPostgres server = server()) {
      ConnectionUrl url = url(server, user);
      List<Connection> sessions = fill(server, user);
      long start = System.nanoTime();
      assertThatThrownBy(() -> CruddurDb.open(url))
          .isInstanceOfSatisfying(
              ConnectionFailedException.class,
              failure -> assertThat(failure.sqlState()).contains("53300"))
          .hasMessageContaining("Make pools smaller")
          .hasMessageContaining("as user " + user);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      for (Connection session : sessions) {
        session.close();
      }
    }
  }

  @Test
  void isUsedWithTheConnectionsThatAPoolHas() throws Exception {
    try (EmbeddedPostgres server = server();
        CruddurDb db = CruddurDb.open(url(server, "ann"))) {
      List<Connection> sessions = fill(server, "ann");
      List<Future<?>> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int call = 0; call < 20; call++) {
          answers.add(threads.submit(() -> db.dsl().fetchValue("SELECT 1 FROM pg_sleep(0.02)")));
        }
      }
      for (Future<?> answer : answers) {
        assertThat(answer.get()).isEqualTo(1);
      }
      for (Connection session : sessions) {
        session.close();
      }
    }
  }

  private static EmbeddedPostgres server() throws Exception {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_connections", String.valueOf(MAX_CONNECTIONS))
            .setServerConfig("superuser_reserved_connections", "2")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE ann LOGIN");
    }
    return server;
  }

  private static List<Connection> fill(EmbeddedPostgres server, String user) {
    List<Connection> sessions = new ArrayList<>();
    try {
      while (sessions.size() <= MAX_CONNECTIONS) {
        sessions.add(server.getDatabase(user, "postgres").getConnection());
      }
    } catch (SQLException full) {
      assertThat(full.getSQLState()).isEqualTo("53300");
    }
    return sessions;
  }

  private static ConnectionUrl url(EmbeddedPostgres server, String user) {
    return ConnectionUrl.parse(
        "postgresql://" + user + "@localhost:" + server.getPort() + "/postgres");
  }
}
