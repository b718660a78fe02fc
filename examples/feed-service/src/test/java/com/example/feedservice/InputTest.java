package com.example.feedservice;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static com.example.feedservice.Client.body;
import static com.example.feedservice.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.SeedActivity;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedUser;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What nobody should send, and what they are told. */
class InputTest extends RunningService {

  private static final String FIRST = "This was imported as seed data!";

  @Test
  void refusesWhoDoesNotSayWhoTheyAre(SeedData seed) {
    String reply = "/api/activities/" + seed.firstActivity().uuid() + "/reply";
    for (String path : List.of("/api/activities", reply, "/api/profile/update")) {
      for (String caller : new String[] {null, " ", "MOCK"}) {
        HttpResponse<String> answer = client.post(path, caller, "{}");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("[\"cognito_user_id_blank\"]");
      }
      String fields = "{\"message\":\"m\",\"ttl\":\"1-day\",\"display_name\":\"d\"}";
      HttpResponse<String> answer = client.post(path, "nobody-has-this-id", fields);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("[\"user_unknown\"]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "/api/activities     | {'ttl':'1-day'}                      | message_blank",
        "/api/activities     | {'message':' ','ttl':'1-day'}        | message_blank",
        "/api/activities     | {'message':null,'ttl':'1-day'}       | message_blank",
        "/api/activities     | {'message':7,'ttl':'1-day'}          | message_blank",
        "/api/activities     | {'message':'a\\u0000','ttl':'1-day'} | message_blank",
        "/api/activities     | {'message':'a\\ud800','ttl':'1-day'} | message_blank",
        "/api/activities     | {'message':'LONG','ttl':'1-day'}     | message_exceed_max_chars",
        "/api/activities     | {'message':'m'}                      | ttl_blank",
        "/api/activities     | {'message':'m','ttl':'2-days'}       | ttl_blank",
        "/api/activities/-/reply | {'message':'m'}                  | activity_uuid_blank",
        "/api/activities/1-1-1-1-1/reply | {'message':'m'}          | activity_uuid_blank",
        "/api/activities/{first}/reply | {'message':''}             | message_blank",
        "/api/activities/{first}/reply | {'message':'LONGLONGLONGLONG'} |"
            + " message_exceed_max_chars_1024",
        "/api/profile/update | {'bio':'b'}                          | display_name_blank",
        "/api/profile/update | {'display_name':'d','bio':'\\u0000'} | bio_invalid",
      })
  void refusesWhatCruddurDoesNotAccept(String path, String body, String code, SeedData seed) {
    String at = path.replace("{first}", seed.firstActivity().uuid().toString());
    String json = body.replace('\'', '"').replace("LONG", "é".repeat(281));
    HttpResponse<String> answer = client.post(at, seed.user("alice").cognitoUserId(), json);
    assertThat(answer.body()).isEqualTo("[\"" + code + "\"]");
    assertThat(answer.statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/activities/home?limit=0,422,limit_invalid",
    "/api/activities/home?limit=101,422,limit_invalid",
    "/api/activities/home?limit=9999999999,422,limit_invalid",
    "/api/activities/home?cursor=x,422,cursor_invalid",
    "/api/activities/@bayko?cursor=x,422,cursor_invalid",
    "/api/activities/search?term=a&cursor=x,422,cursor_invalid",
    "/api/activities/search,422,search_term_blank",
    "/api/activities/search?term=%20,422,search_term_blank",
    "/api/activities/search?term=a%00,422,search_term_blank",
    "/api/activities/@,422,blank_user_handle",
    "/api/users/@%20/short,422,blank_user_handle",
    "/api/activities/@x/status/1,422,activity_uuid_blank",
    "/api/users/@nobody/short,404,user_not_found",
    "/api/activities/@nobody,404,user_not_found",
    "/api/activities/@x/status/00000000-0000-4000-8000-000000000000,404,activity_not_found",
    "/,404,not_found",
    "/api/activities/home/,404,not_found",
    "/api/activities/@a/status,404,not_found",
    "/api/activities,405,method_not_allowed",
    "/api/profile/update,405,method_not_allowed",
  })
  void answersGetWithAnError(String path, int status, String code) {
    HttpResponse<String> answer = client.get(path);
    assertThat(answer.body()).isEqualTo("[\"" + code + "\"]");
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void saysWhichMethodIsAllowed() {
    HttpResponse<String> answer = client.get("/api/activities");
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    assertThat(client.post("/api/activities/home", null, "{}").headers().firstValue("Allow"))
        .hasValue("GET");
    assertThat(client.send(client.to("/api/activities/home").HEAD()).statusCode()).isEqualTo(405);
  }

  @Test
  void hasNoReplyToWhatIsGone(SeedData seed) {
    SeedUser alice = seed.user("alice");
    SeedActivity gone = alice.expiredActivity("gone");
    for (UUID uuid : List.of(UUID.randomUUID(), gone.uuid())) {
      HttpResponse<String> answer =
          client.post(
              "/api/activities/" + uuid + "/reply", alice.cognitoUserId(), "{\"message\":\"m\"}");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo("[\"activity_not_found\"]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"message\"",
        "{\"message\":\"m\"",
        "{\"message\":\"m\"} {}",
        "{\"message\":\"m\",\"message\":\"n\"}",
        "{message:'m'}",
        "{\"message\":NaN}",
        "{\"message\":\"\\x\"}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]}",
      })
  void refusesWhatIsNoJsonObject(String body, SeedData seed) {
    HttpResponse<String> answer =
        client.post("/api/activities", seed.user("alice").cognitoUserId(), body);
    assertThat(answer.body()).isEqualTo("[\"json_invalid\"]");
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void refusesALargeBodyAndGoesOn() {
    for (int size : new int[] {Request.MAX_BODY + 1, 1_000_000}) {
      HttpResponse<String> answer =
          client.post("/api/activities", "id", "{\"message\":\"" + "x".repeat(size) + "\"}");
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("[\"body_too_large\"]");
    }
    assertThat(client.get("/api/activities/home").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE users; --",
        "\" OR 1=1 --",
        "%s %d ?1 $1 :name ::text",
        "\\'; DELETE FROM activities",
        "</script><script>alert(1)</script>",
        "{\"$ne\":null}",
        "Robert\u2028\u202e\t\n\r"
      })
  void takesTextForTextEverywhere(String text, SeedData seed, CruddurDb db) {
    SeedUser alice = seed.user("alice");
    String caller = alice.cognitoUserId();
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    String body = body(Map.of("message", text, "ttl", "1-day", "display_name", text, "bio", text));
    JsonNode created = json(client.post("/api/activities", caller, body));
    assertThat(created.get("message").asString()).isEqualTo(text);
    assertThat(json(client.post("/api/profile/update", caller, body)).get("bio").asString())
        .isEqualTo(text);
    assertThat(client.get("/api/activities/search?term=" + encoded).statusCode()).isEqualTo(200);
    String inPath = encoded.replace("+", "%20");
    assertThat(client.get("/api/users/@" + inPath + "/short").statusCode()).isEqualTo(404);
    assertThat(client.get("/api/activities/@" + inPath).statusCode()).isEqualTo(404);
    assertThat(client.post("/api/activities", text.replaceAll("[^ -~]", ""), body).statusCode())
        .isEqualTo(401);
    assertThat(db).hasFeed(text, FIRST).hasUsers("andrewbrown", "bayko", "alice");
  }
}
