package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShowTest extends WithActivityRows {

  private static final OffsetDateTime NOON =
      OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 0, ZoneOffset.UTC);

  @Test
  void givesTheActivityAndItsDirectRepliesInTheOrderOfTime() {
    UUID post = rows.post("post", NOON, NOON.plusYears(90));
    UUID later = rows.reply("later", NOON.plusSeconds(2), post);
    UUID sooner = rows.reply("sooner \"\u0001", NOON.plusSeconds(1), post);
    UUID below = rows.reply("below", NOON.plusSeconds(3), sooner);
    assertThat(db.activities().show(post))
        .contains(
            """
            {"activity":{"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann",\
            "message":"post","replies_count":2,"reposts_count":0,"likes_count":0,\
            "expires_at":"2116-11-23T12:00:00+00:00","created_at":"2026-11-23T12:00:00+00:00"},\
            "replies":[\
            {"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann",\
            "message":"sooner \\"\\u0001","replies_count":1,"reposts_count":0,"likes_count":0,\
            "reply_to_activity_uuid":"%s","created_at":"2026-11-23T12:00:01+00:00"},\
            {"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann",\
            "message":"later","replies_count":0,"reposts_count":0,"likes_count":0,\
            "reply_to_activity_uuid":"%s","created_at":"2026-11-23T12:00:02+00:00"}]}"""
                .formatted(post, sooner, post, later, post));
    assertThat(db.activities().show(sooner).orElseThrow())
        .contains("\"message\":\"below\"", below.toString());
  }

  @Test
  void givesAnEmptyArrayWithoutReplies() {
    UUID post = rows.post("post", NOON, null);
    assertThat(db.activities().show(post).orElseThrow())
        .contains("\"expires_at\":null")
        .endsWith(",\"replies\":[]}");
  }

  @Test
  void givesNothingForWhatIsUnknownOrHasExpiredWithWhatIsBelow() {
    UUID expired = rows.post("old", NOON, NOON.plusSeconds(1));
    UUID reply = rows.reply("reply", NOON, expired);
    assertThat(db.activities().show(UUID.randomUUID())).isEmpty();
    assertThat(db.activities().show(expired)).isEmpty();
    assertThat(db.activities().show(rows.reply("below", NOON, reply))).isEmpty();
    assertThat(rows.messages(db.activities().home(FeedRequest.first(10).withReplies()).jsonText()))
        .isEmpty();
    assertThat(
            rows.messages(
                db.activities().home(FeedRequest.first(10).withReplies().withExpired()).jsonText()))
        .containsExactlyInAnyOrder("old", "reply", "below");
  }
}
