package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.TestServer;
import com.cruddur.db.UnknownActivityException;
import com.cruddur.db.UnknownUserException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyTest {

  private static final OffsetDateTime NOON =
      OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 0, ZoneOffset.UTC);

  private CruddurDb db;
  private ActivityRows rows;
  private ActivityDao activities;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    rows = new ActivityRows(db);
    activities =
        db.activities()
            .withClock(Clock.fixed(Instant.parse("2026-11-23T14:57:19.000656Z"), ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void createsAReplyAndGivesItsJson() {
    UUID post = rows.post("post", NOON, null);
    CreatedActivity reply = activities.reply(NewReply.of("sub-ann", post, "hi\n\ud83d\ude00"));
    assertThat(reply.json())
        .isEqualTo(
            """
            {"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann",\
            "message":"hi\\n\ud83d\ude00","created_at":"2026-11-23T14:57:19.000656+00:00",\
            "expires_at":null,"reply_to_activity_uuid":"%s"}"""
                .formatted(reply.uuid(), post));
    assertThat(rows.repliesCount(post)).isEqualTo(1);
  }

  @Test
  void repliesToAReplyByTheUuidOfTheUser() {
    UUID post = rows.post("post", NOON, NOON.plusDays(1));
    UUID reply = activities.reply(NewReply.of(rows.author(), post, "first")).uuid();
    activities.reply(NewReply.of(rows.author(), reply, "second"));
    assertThat(rows.repliesCount(post)).isEqualTo(1);
    assertThat(rows.repliesCount(reply)).isEqualTo(1);
  }

  @Test
  void refusesWhatHasExpiredOrNeverWas() {
    UUID expired = rows.post("old", NOON, NOON.plusHours(1));
    UUID below = rows.reply("below", NOON, rows.reply("between", NOON, expired));
    for (UUID uuid : List.of(expired, below, UUID.randomUUID())) {
      assertThatThrownBy(() -> activities.reply(NewReply.of("sub-ann", uuid, "hi")))
          .isInstanceOf(UnknownActivityException.class)
          .hasMessageNotContaining(uuid.toString());
    }
    assertThat(rows.wrongCounters()).isZero();
    assertThat(rows.repliesCount(below)).isZero();
  }

  @Test
  void expiresAtTheVeryMoment() {
    OffsetDateTime now = OffsetDateTime.parse("2026-11-23T14:57:19.000656Z");
    UUID over = rows.post("over", NOON, now);
    UUID nearly = rows.post("nearly", NOON, now.plusNanos(1000));
    assertThatThrownBy(() -> activities.reply(NewReply.of("sub-ann", over, "hi")))
        .isInstanceOf(UnknownActivityException.class);
    assertThat(activities.reply(NewReply.of("sub-ann", nearly, "hi")).json()).contains("hi");
  }

  @Test
  void saysThatTheUserIsUnknownAndLeavesTheTransactionUsable() {
    UUID post = rows.post("post", NOON, null);
    db.transaction(
        tx -> {
          assertThatThrownBy(() -> tx.activities().reply(NewReply.of("sub-nobody", post, "hi")))
              .isInstanceOf(UnknownUserException.class);
          assertThatThrownBy(
                  () -> tx.activities().reply(NewReply.of("sub-ann", UUID.randomUUID(), "hi")))
              .isInstanceOf(UnknownActivityException.class);
          return tx.activities().reply(NewReply.of("sub-ann", post, "hi"));
        });
    assertThat(rows.repliesCount(post)).isEqualTo(1);
  }

  @Test
  void countsRacingReplies() throws Exception {
    UUID post = rows.post("post", NOON, null);
    try (ExecutorService executor = Executors.newFixedThreadPool(6)) {
      List<Future<CreatedActivity>> replies =
          executor.invokeAll(
              IntStream.range(0, 120)
                  .<Callable<CreatedActivity>>mapToObj(
                      i -> () -> activities.reply(NewReply.of("sub-ann", post, "reply " + i)))
                  .toList());
      for (Future<CreatedActivity> reply : replies) {
        assertThat(reply.get().json()).contains("reply ");
      }
    }
    assertThat(rows.repliesCount(post)).isEqualTo(120);
    assertThat(rows.wrongCounters()).isZero();
  }

  @Test
  void refusesWithTheCodesOfTheWebClient() {
    UUID post = UUID.randomUUID();
    String longest = "\ud83d\ude00".repeat(1024);
    assertThat(NewReply.of("sub", post, longest).message()).isEqualTo(longest);
    assertCode("message_exceed_max_chars_1024", () -> NewReply.of("sub", post, longest + "a"));
    assertCode("message_blank", () -> NewReply.of("sub", post, "\t"));
    assertCode("message_blank", () -> NewReply.of(post, post, null));
    assertCode("activity_uuid_blank", () -> NewReply.of("sub", null, "hi"));
    assertCode("cognito_user_id_blank", () -> NewReply.of("MOCK", post, "hi"));
  }

  private static void assertCode(String code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
