package com.example.feedservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What it does with more requests than it has connections for. */
@CruddurTest
class OverloadTest {

  private static FeedService start(TestDatabase database, int waiting, Duration patience) {
    return FeedService.start(new Settings(database.url(), 0, 2, waiting, patience, false));
  }

  private static List<CompletableFuture<HttpResponse<String>>> begin(Client client, int requests) {
    return Stream.generate(() -> client.begin(client.to("/api/activities/home")))
        .limit(requests)
        .toList();
  }

  private static long count(List<CompletableFuture<HttpResponse<String>>> requests, int status) {
    return requests.stream().filter(request -> request.join().statusCode() == status).count();
  }

  /** Until so many of them are answered. */
  private static void await(List<CompletableFuture<HttpResponse<String>>> requests, int answered)
      throws InterruptedException {
    while (requests.stream().filter(CompletableFuture::isDone).count() < answered) {
      Thread.sleep(20);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void whileLocked(TestDatabase database, Work work) throws Exception {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE activities IN ACCESS EXCLUSIVE MODE");
      work.run();
      connection.rollback();
    }
  }

  /** Begins so many requests, and returns when so many of them have an answer. */
  private static List<CompletableFuture<HttpResponse<String>>> beginUntilSentAway(
      Client client, int requests, int sentAway) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> begun = begin(client, requests);
    await(begun, sentAway);
    return begun;
  }

  @Test
  void sendsAwayWhoWaitsTooLong(TestDatabase database) throws Exception {
    try (FeedService service = start(database, 100, Duration.ofMillis(200))) {
      Client client = new Client(service.port());
      List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
      whileLocked(
          database,
          () -> {
            requests.addAll(beginUntilSentAway(client, 12, 10));
            // Neither needs the database, and an operator looks at both just now.
            assertThat(client.get("/metrics").body()).contains("status=\"503\"} 10");
            assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
          });
      assertThat(count(requests, 200)).isEqualTo(2);
      assertThat(count(requests, 503)).isEqualTo(10);
      assertThat(requests.stream().map(CompletableFuture::join).filter(r -> r.statusCode() == 503))
          .allSatisfy(
              answer -> {
                assertThat(answer.body()).isEqualTo("[\"overloaded\"]");
                assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
              });
      assertThat(client.get("/api/activities/home").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsNoMoreWaitThanThereIsRoomFor(TestDatabase database) throws Exception {
    try (FeedService service = start(database, 3, Duration.ofMinutes(1))) {
      Client client = new Client(service.port());
      List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
      whileLocked(
          database, () -> requests.addAll(beginUntilSentAway(client, 12, 7)));
      assertThat(count(requests, 503)).isEqualTo(7);
      assertThat(count(requests, 200)).isEqualTo(5);
    }
  }

  @Test
  void answersWith503WhenThePoolIsExhausted(TestDatabase database, SeedData seed) throws Exception {
    try (FeedService service = start(database, 100, Duration.ofMillis(200))) {
      Client client = new Client(service.port());
      whileLocked(
          database,
          () -> {
            // Two hold the connections; the look at the health finds none.
            List<CompletableFuture<HttpResponse<String>>> requests = begin(client, 2);
            Thread.sleep(300);
            assertThat(client.get("/api/health-check"))
                .returns(503, HttpResponse::statusCode)
                .returns("{\"success\":false}", HttpResponse::body);
            assertThat(requests).noneMatch(CompletableFuture::isDone);
          });
      assertThat(client.get("/api/health-check").statusCode()).isEqualTo(200);
    }
  }
}
