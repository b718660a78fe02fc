package com.example.feedservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.testkit.ActivityGenerator;
import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedUser;
import com.cruddur.db.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 500 clients at once on a pool of 10. Prints figures, and demands none of speed. */
@Tag("load")
@CruddurTest
class LoadTest {

  private static final Pattern FIGURE = Pattern.compile("(?m)^(\\w+)=(\\d+)$");
  private static final Pattern WRITTEN =
      Pattern.compile(
          "http_server_requests_seconds_count\\{method=\"POST\",route=\"/api/activities\",status=\"200\"}"
              + " (\\d+)");

  private static Map<String, Long> wrk(Client client, int clients, String time, String caller)
      throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t2",
                "-c" + clients,
                "-d" + time,
                "--timeout",
                "10s",
                "-s",
                "src/test/wrk/mixed.lua",
                client.to("/").build().uri().toString(),
                caller)
            .redirectErrorStream(true)
            .start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(wrk.waitFor()).as(said).isZero();
    return FIGURE
        .matcher(said)
        .results()
        .collect(Collectors.toMap(m -> m.group(1), m -> Long.valueOf(m.group(2))));
  }

  private static long written(Client client) {
    return WRITTEN
        .matcher(client.get("/metrics").body())
        .results()
        .map((MatchResult found) -> Long.valueOf(found.group(1)))
        .findFirst()
        .orElse(0L);
  }

  @Test
  void answers500ClientsOrSendsThemAway(
      TestDatabase database, CruddurDb db, SeedData seed, ActivityGenerator generator)
      throws Exception {
    SeedUser writer = seed.user("writer");
    writer.activity("a tale of two cities");
    generator.users(100).load(db, 10_000);
    // Autovacuum, which does so elsewhere, is off in the testkit's server.
    try (Connection owner = database.ownerDataSource().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("VACUUM ANALYZE");
    }
    try (ServiceProcess service = ServiceProcess.on(ServiceProcess.uri(database.url()), Map.of())) {
      Client client = service.client();
      wrk(client, 50, "2s", writer.cognitoUserId());
      Map<String, Long> figures = wrk(client, 500, "10s", writer.cognitoUserId());
      long all = figures.get("status_200") + figures.get("status_503");
      System.out.printf(
          "500 clients, pool of 10: %d requests/s, p50 %d ms, p99 %d ms, %.2f %% answered with"
              + " 503%n",
          figures.get("requests_per_second"),
          figures.get("p50_ms"),
          figures.get("p99_ms"),
          100.0 * figures.get("status_503") / all);
      assertThat(figures).containsEntry("status_other", 0L).containsEntry("socket_errors", 0L);
      assertThat(figures.get("status_200")).isPositive();
      // What was still under way when wrk went.
      Thread.sleep(2_000);
      assertThat(client.get("/api/activities/home").body())
          .isEqualTo(db.activities().home(FeedRequest.first(20)).jsonText());
      assertThat(client.get("/api/health-check").statusCode()).isEqualTo(200);
      assertThat(written(client))
          .isPositive()
          .isEqualTo(
              db.dsl().fetchCount(DSL.table("activities"), DSL.condition("message = 'from wrk'")));
      assertThat(service.log()).doesNotContain("ERROR", "\tat ");
    }
  }
}
