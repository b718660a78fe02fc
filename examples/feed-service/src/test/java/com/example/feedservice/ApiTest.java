package com.example.feedservice;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static com.example.feedservice.Client.body;
import static com.example.feedservice.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.testkit.SeedActivity;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedUser;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each route, and the shape of its JSON. */
class ApiTest extends RunningService {

  private static final String FIRST = "This was imported as seed data!";

  private static List<String> keys(JsonNode object) {
    return List.copyOf(object.propertyNames());
  }

  @Test
  void showsTheHomeFeedAsTheDatabaseWroteIt(CruddurDb db) {
    HttpResponse<String> answer = client.get("/api/activities/home");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("X-Next-Cursor")).isEmpty();
    assertThat(keys(json(answer).get(0)))
        .containsExactly(
            "uuid",
            "display_name",
            "handle",
            "message",
            "replies_count",
            "reposts_count",
            "likes_count",
            "reply_to_activity_uuid",
            "expires_at",
            "created_at");
    assertThat(answer.body()).isEqualTo(db.activities().home(FeedRequest.first(20)).jsonText());
    assertThat(json(answer).get(0).get("message").asString()).isEqualTo(FIRST);
  }

  @ParameterizedTest
  @CsvSource({
    "30-days,720",
    "7-days,168",
    "3-days,72",
    "1-day,24",
    "12-hours,12",
    "3-hours,3",
    "1-hour,1"
  })
  void createsAnActivity(String ttl, int hours, SeedData seed, CruddurDb db) {
    SeedUser alice = seed.user("alice").displayName("Alice \"A\" Ω");
    HttpResponse<String> answer =
        client.post(
            "/api/activities",
            alice.cognitoUserId(),
            body(Map.of("message", "héllo 🌍", "ttl", ttl, "more", List.of(Map.of("a", 1)))));
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode created = json(answer);
    assertThat(keys(created))
        .containsExactly(
            "uuid",
            "display_name",
            "handle",
            "message",
            "created_at",
            "expires_at",
            "reply_to_activity_uuid");
    assertThat(created.get("message").asString()).isEqualTo("héllo 🌍");
    assertThat(created.get("display_name").asString()).isEqualTo("Alice \"A\" Ω");
    assertThat(OffsetDateTime.parse(created.get("created_at").asString()).plusHours(hours))
        .isEqualTo(OffsetDateTime.parse(created.get("expires_at").asString()));
    assertThat(db).hasFeed("héllo 🌍", FIRST);
  }

  @Test
  void repliesToAnActivityAndShowsBoth(SeedData seed) {
    SeedUser alice = seed.user("alice");
    SeedActivity first = seed.firstActivity();
    HttpResponse<String> answer =
        client.post(
            "/api/activities/" + first.uuid() + "/reply",
            alice.cognitoUserId(),
            body(Map.of("message", "r".repeat(1024))));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("expires_at").isNull()).isTrue();
    assertThat(json(answer).get("reply_to_activity_uuid").asString())
        .isEqualTo(first.uuid().toString());
    JsonNode shown = json(client.get("/api/activities/@andrewbrown/status/" + first.uuid()));
    assertThat(keys(shown)).containsExactly("activity", "replies");
    assertThat(shown.at("/activity/message").asString()).isEqualTo(FIRST);
    assertThat(shown.at("/activity/replies_count").asInt()).isEqualTo(1);
    assertThat(shown.at("/replies/0/handle").asString()).isEqualTo("alice");
  }

  @Test
  void showsAUserWithActivities(SeedData seed) {
    SeedUser alice = seed.user("alice").bio("I post.");
    alice.activity("one").expiredActivity("old");
    JsonNode page = json(client.get("/api/activities/@Alice"));
    assertThat(keys(page)).containsExactly("profile", "activities");
    assertThat(keys(page.get("profile")))
        .containsExactly(
            "uuid", "cognito_user_uuid", "handle", "display_name", "bio", "cruds_count");
    assertThat(page.at("/profile/cruds_count").asInt()).isEqualTo(1);
    assertThat(page.at("/activities/0/message").asString()).isEqualTo("one");
    assertThat(page.get("activities").size()).isEqualTo(1);
    assertThat(client.get("/api/activities/%40alice").statusCode()).isEqualTo(200);
  }

  @Test
  void showsAUserInShort(SeedData seed) {
    assertThat(client.get("/api/users/@bayko/short").body())
        .isEqualTo(client.get("/api/users/@BAYKO/short").body());
    JsonNode user = json(client.get("/api/users/@bayko/short"));
    assertThat(keys(user)).containsExactly("uuid", "handle", "display_name");
    assertThat(user.get("uuid").asString()).isEqualTo(seed.bayko().uuid().toString());
  }

  @Test
  void changesAProfile(SeedData seed) {
    SeedUser alice = seed.user("alice").bio("before");
    HttpResponse<String> answer =
        client.post(
            "/api/profile/update",
            alice.cognitoUserId(),
            body(Map.of("display_name", "Alice", "bio", "after")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(keys(json(answer))).containsExactly("uuid", "handle", "display_name", "bio");
    client.post(
        "/api/profile/update", alice.cognitoUserId(), "{\"display_name\":\"A\",\"bio\":null}");
    JsonNode profile = json(client.get("/api/activities/@alice")).get("profile");
    assertThat(profile.get("display_name").asString()).isEqualTo("A");
    assertThat(profile.get("bio").isNull()).isTrue();
  }

  @Test
  void searches(SeedData seed) {
    seed.user("alice").activity("a tale of two cities").activity("something else");
    JsonNode found = json(client.get("/api/activities/search?term=cities+tale"));
    assertThat(found.size()).isEqualTo(1);
    assertThat(keys(found.get(0))).containsExactly("uuid", "handle", "message", "created_at");
  }

  @Test
  void saysThatItIsWell() {
    HttpResponse<String> answer = client.get("/api/health-check");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"success\":true}");
  }

  @Test
  void pagesWithoutGapsOrRepeats(SeedData seed) {
    SeedUser alice = seed.user("alice");
    for (int i = 1; i <= 95; i++) {
      alice.activity("word " + i);
    }
    List<List<String>> home = client.pages("/api/activities/home?limit=25", "");
    assertThat(home).extracting(List::size).containsExactly(25, 25, 25, 21);
    assertThat(home.stream().flatMap(List::stream)).hasSize(96).doesNotHaveDuplicates();
    List<List<String>> page = client.pages("/api/activities/@alice", "/activities");
    assertThat(page).extracting(List::size).containsExactly(40, 40, 15);
    assertThat(page.stream().flatMap(List::stream)).doesNotHaveDuplicates();
    List<List<String>> found = client.pages("/api/activities/search?term=word&limit=50", "");
    assertThat(found).extracting(List::size).containsExactly(50, 45);
    assertThat(found.stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void countsRequestsByRouteAndNeverByPath(SeedData seed) {
    client.get("/api/activities/@bayko");
    client.get("/api/activities/@nobody");
    client.get("/favicon.ico");
    String metrics = client.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/api/activities/@{handle}\",status=\"200\"}"
                + " 1")
        .contains("route=\"/api/activities/@{handle}\",status=\"404\"} 1")
        .contains("method=\"_OTHER\",route=\"none\",status=\"404\"} 1")
        .contains("hikaricp_connections_max{pool=\"cruddur-")
        .doesNotContain("bayko", "nobody", "favicon");
  }
}
