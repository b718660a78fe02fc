package com.example.springfeed;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedUser;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class FeedTest extends DatabaseOfTheClass {

  @Autowired private RestTestClient client;
  @Autowired private Conversations conversations;

  private EntityExchangeResult<String> get(String path) {
    return client.get().uri(path).exchange().expectBody(String.class).returnResult();
  }

  private EntityExchangeResult<String> post(String path, String caller, String json) {
    return client
        .post()
        .uri(path)
        .header("X-Cognito-User-Id", caller)
        .contentType(MediaType.APPLICATION_JSON)
        .body(json)
        .exchange()
        .expectBody(String.class)
        .returnResult();
  }

  @Test
  void showsWhatTheTestHasSeeded(CruddurDb db, SeedData seed) {
    SeedUser alice = seed.user("alice");
    for (int i = 1; i <= 25; i++) {
      alice.activity("Ω " + i);
    }
    EntityExchangeResult<String> page = get("/api/activities/home");
    assertThat(page.getStatus().value()).isEqualTo(200);
    assertThat(page.getResponseBody())
        .isEqualTo(db.activities().home(FeedRequest.first(20)).jsonText());
    String cursor = page.getResponseHeaders().getFirst("X-Next-Cursor");
    assertThat(get("/api/activities/home?cursor=" + cursor).getResponseBody())
        .contains("Ω 5")
        .doesNotContain("Ω 6");
  }

  @Test
  void createsAnActivityThatTheTestSees(CruddurDb db, SeedData seed) {
    SeedUser bob = seed.user("bob");
    EntityExchangeResult<String> answer =
        post("/api/activities", bob.cognitoUserId(), "{\"message\":\"hello\",\"ttl\":\"1-day\"}");
    assertThat(answer.getStatus().value()).isEqualTo(200);
    assertThat(answer.getResponseBody()).contains("\"message\":\"hello\"", "\"expires_at\":\"2");
    assertThat(db).hasActivitiesOf(bob, "hello");
  }

  @Test
  void refusesWithTheCodesOfTheWebClient() {
    EntityExchangeResult<String> answer =
        post("/api/activities", "id", "{\"message\":\" \",\"ttl\":\"1-day\"}");
    assertThat(answer.getStatus().value()).isEqualTo(422);
    assertThat(answer.getResponseBody()).isEqualTo("[\"message_blank\"]");
    assertThat(get("/api/activities/home?cursor=x").getResponseBody())
        .isEqualTo("[\"cursor_invalid\"]");
    assertThat(
            post("/api/activities", "nobody", "{\"message\":\"m\",\"ttl\":\"1-day\"}")
                .getStatus()
                .value())
        .isEqualTo(401);
    assertThat(get("/api/activities/@x/status/" + UUID.randomUUID()).getStatus().value())
        .isEqualTo(404);
  }

  @Test
  void commitsOneTransactionOfSpringForLibraryAndJdbcClient(SeedData seed, CruddurDb db) {
    SeedUser carol = seed.user("carol");
    EntityExchangeResult<String> answer =
        post(
            "/api/activities/conversation",
            carol.cognitoUserId(),
            "{\"message\":\"first\",\"ttl\":\"1-day\",\"replies\":[\"one\",\"two\"]}");
    assertThat(answer.getResponseBody())
        .contains("\"replies_count\":2", "\"likes_count\":1", "one", "two");
    assertThat(db).hasActivitiesOf(carol, "first");
  }

  @Test
  void rollsBackWhatTheLibraryDidInATransactionOfSpring(SeedData seed, CruddurDb db) {
    SeedUser dora = seed.user("dora");
    NewActivity first = NewActivity.of(dora.cognitoUserId(), "never", Ttl.ONE_DAY);
    assertThatThrownBy(() -> conversations.begin(first, dora.cognitoUserId(), List.of("one", " ")))
        .isInstanceOf(InvalidInputException.class);
    assertThat(db).hasActivitiesOf(dora);
  }
}
