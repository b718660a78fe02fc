package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScramVerifierTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4096})
  void isTakenByTheServer(int iterations) throws Exception {
    String password = "pass' wörd";
    try (LocalPostgres server = LocalPostgres.start()) {
      String verifier = ScramVerifier.of(password, iterations);
      Sql.run(server, "CREATE ROLE tester LOGIN PASSWORD '" + verifier + "'");
      assertThat(Sql.ask(url(server, "pass%27%20w%C3%B6rd"), "SELECT current_user"))
          .isEqualTo("tester");
      assertThatThrownBy(() -> Sql.ask(url(server, "password"), "SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(verifier).doesNotContain(password);
    }
  }

  private static String url(LocalPostgres server, String encoded) {
    ConnectionUrl.HostPort host = server.url().hosts().getFirst();
    return "postgresql://tester:" + encoded + "@" + host + "/postgres";
  }
}
