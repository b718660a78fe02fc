package com.example.feedservice;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.table;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedUser;
import com.cruddur.db.testkit.TestDatabase;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The service as a process: how it ends, and what it lets out. */
@CruddurTest
class LifeTest {

  /** Holds up everybody who reads or writes activities, until it is closed. */
  private static AutoCloseable lock(TestDatabase database) throws Exception {
    Connection connection = database.ownerDataSource().getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE activities IN ACCESS EXCLUSIVE MODE");
    }
    return () -> {
      connection.rollback();
      connection.close();
    };
  }

  private static void awaitWaiting(CruddurDb db) throws InterruptedException {
    while (db.dsl().fetchCount(table("pg_locks"), condition("NOT granted")) == 0) {
      Thread.sleep(20);
    }
  }

  @Test
  void finishesWhatRunsBeforeItStops(TestDatabase database, CruddurDb db, SeedData seed)
      throws Exception {
    SeedUser alice = seed.user("alice");
    try (ServiceProcess service = ServiceProcess.on(ServiceProcess.uri(database.url()), Map.of())) {
      CompletableFuture<HttpResponse<String>> running;
      try (AutoCloseable lock = lock(database)) {
        running =
            service
                .client()
                .begin(
                    service
                        .client()
                        .posting(
                            "/api/activities",
                            alice.cognitoUserId(),
                            "{\"message\":\"in time\",\"ttl\":\"1-day\"}"));
        awaitWaiting(db);
        service.stop();
        Thread.sleep(500);
        assertThat(service.isAlive()).isTrue();
        assertThatThrownBy(() -> new Client(service.port()).get("/api/health-check"))
            .hasMessageContaining("no answer");
      }
      assertThat(running.get().statusCode()).isEqualTo(200);
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.log()).contains("stopped").doesNotContain("WARN", "ERROR", "\tat ");
    }
    assertThat(db).hasFeed("in time", "This was imported as seed data!");
    assertThat(
            db.dsl()
                .fetchCount(
                    table("pg_stat_activity"),
                    condition(
                        "datname = current_database() AND application_name = 'feed-service'")))
        .isZero();
  }

  @Test
  void logsAndTracesNothingAboutAnybody(TestDatabase database, SeedData seed) throws Exception {
    SeedUser alice = seed.user("alice-in-the-log");
    ByteArrayOutputStream traces = new ByteArrayOutputStream();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          synchronized (traces) {
            exchange.getRequestBody().transferTo(traces);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    Map<String, String> tracing =
        Map.of(
            "OTEL_TRACES_EXPORTER",
            "otlp",
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + collector.getAddress().getPort());
    try (ServiceProcess service = ServiceProcess.on(ServiceProcess.uri(database.url()), tracing)) {
      Client client = service.client();
      String message = "what-only-the-feed-may-say";
      String body =
          "{\"message\":\""
              + message
              + "\",\"ttl\":\"1-day\",\"display_name\":\""
              + message
              + "\"}";
      client.send(
          client
              .posting("/api/activities", alice.cognitoUserId(), body)
              .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
      client.post("/api/profile/update", alice.cognitoUserId(), body);
      client.get("/api/activities/@alice-in-the-log");
      client.get("/api/activities/search?term=" + message);
      try (Connection owner = database.ownerDataSource().getConnection();
          Statement statement = owner.createStatement()) {
        statement.execute("ALTER TABLE activities RENAME COLUMN message TO text");
      }
      assertThat(client.post("/api/activities", alice.cognitoUserId(), body))
          .returns(500, HttpResponse::statusCode)
          .returns("[\"internal_error\"]", HttpResponse::body);
      service.stop();
      assertThat(service.exitCode()).isEqualTo(143);
      assertThat(service.log())
          .containsOnlyOnce(" ERROR com.")
          .contains("POST /api/activities failed", "SQLSTATE 42703");
      // Protobuf, in which texts are as they are.
      String sent = traces.toString(StandardCharsets.ISO_8859_1);
      assertThat(sent)
          .contains("POST /api/profile/update", "activities.create", "users.page")
          .contains("activities.search", "app.result_length", "42703");
      assertThat(sent.getBytes(StandardCharsets.ISO_8859_1))
          .containsSequence(HexFormat.of().parseHex("0af7651916cd43dd8448eb211c80319c"));
      assertThat(service.log() + sent)
          .doesNotContain(
              alice.handle(),
              alice.cognitoUserId(),
              message,
              database.url().password().orElseThrow());
    } finally {
      collector.stop(0);
    }
  }
}
