package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class KeepAliveWarningTest {

  private static final String PARAMETERS =
      "keepalives_idle=60&keepalives_interval=5&keepalives_count=3&tcp_user_timeout=1000";

  @Test
  void namesOnceForEachPoolWhatHasNoEffect() {
    String log = logOf(url("?" + PARAMETERS));
    assertThat(log)
        .containsOnlyOnce("WARN com.cruddur.db.PoolFactory")
        .contains("keepalives_count, keepalives_idle, keepalives_interval, tcp_user_timeout");
  }

  @Test
  void isNotGivenForWhatHasAnEffect() {
    assertThat(logOf(url("?keepalives=0"))).doesNotContain("WARN");
  }

  private static String logOf(ConnectionUrl url) {
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try (CruddurDb db = CruddurDb.open(url)) {
      db.dsl().fetchValue("SELECT 1");
      db.dsl().fetchValue("SELECT 2");
    } finally {
      System.setErr(usual);
    }
    return log.toString(UTF_8);
  }

  private static ConnectionUrl url(String parameters) {
    return ConnectionUrl.parse(TestServer.url().toString().replace("***", "postgres") + parameters);
  }
}
