package com.cruddur.db.activities;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.TestServer;
import com.cruddur.db.UnknownUserException;
import com.cruddur.db.users.NewUser;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityDaoTest {

  private static final OffsetDateTime CREATED =
      OffsetDateTime.of(2026, 11, 23, 14, 57, 19, 656_000, ZoneOffset.UTC);

  private CruddurDb db;
  private UUID ann;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    ann = db.users().insert(NewUser.of("sub-ann", "Ann \"A\" \\", "ann", null)).uuid();
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void givesTheFeedAsTheWebClientReadsIt() {
    UUID first = activity("plain", CREATED, null, null);
    UUID second =
        activity("tab\t \ud83d\ude00", CREATED.plusSeconds(1), CREATED.plusYears(90), null);
    assertThat(db.activities().home(FeedRequest.first(10)).jsonText())
        .isEqualTo(
            """
            [{"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann",\
            "message":"tab\\t \ud83d\ude00","replies_count":0,"reposts_count":0,"likes_count":0,\
            "reply_to_activity_uuid":null,"expires_at":"2116-11-23T14:57:19.000656+00:00",\
            "created_at":"2026-11-23T14:57:20.000656+00:00"},\
            {"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann",\
            "message":"plain","replies_count":0,"reposts_count":0,"likes_count":0,\
            "reply_to_activity_uuid":null,"expires_at":null,\
            "created_at":"2026-11-23T14:57:19.000656+00:00"}]"""
                .formatted(second, first));
  }

  @Test
  void givesAnEmptyArrayWithoutActivities() {
    FeedPage page = db.activities().home(FeedRequest.first(10));
    assertThat(page.jsonText()).isEqualTo("[]");
    assertThat(page.rows()).isZero();
    assertThat(page.next()).isEmpty();
  }

  @Test
  void leavesOutWhatHasExpiredAndRepliesUnlessAsked() {
    UUID alive = activity("alive", CREATED, null, null);
    activity("old", CREATED, CREATED.plusSeconds(1), null);
    activity("reply", CREATED, null, alive);
    assertThat(messages(FeedRequest.first(10))).containsExactly("alive");
    assertThat(messages(FeedRequest.first(10).withExpired())).contains("alive", "old").hasSize(2);
    assertThat(messages(FeedRequest.first(10).withReplies())).contains("alive", "reply").hasSize(2);
  }

  @Test
  void pagesThroughActivitiesOfTheSameMomentWithoutSkipOrRepeat() {
    for (int i = 0; i < 23; i++) {
      activity("m" + i, CREATED.plusSeconds(i / 7), null, null);
    }
    List<String> seen = new ArrayList<>();
    FeedRequest request = FeedRequest.first(5);
    int pages = 0;
    for (Optional<FeedCursor> next = Optional.empty(); pages == 0 || next.isPresent(); pages++) {
      FeedRequest wanted = next.isPresent() ? request.after(next.get()) : request;
      FeedPage page = db.activities().home(wanted);
      seen.addAll(messages(wanted));
      next = page.next().map(cursor -> FeedCursor.parse(cursor.toString()));
      activity("new" + pages, CREATED.plusDays(1), null, null);
    }
    assertThat(pages).isEqualTo(5);
    assertThat(seen).hasSize(23).doesNotHaveDuplicates().noneMatch(text -> text.startsWith("new"));
  }

  @Test
  void hasNoNextPageAfterExactlyOneFullPage() {
    activity("a", CREATED, null, null);
    activity("b", CREATED, null, null);
    FeedPage page = db.activities().home(FeedRequest.first(2));
    assertThat(page.rows()).isEqualTo(2);
    assertThat(page.next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void refusesALimitOutOfBoundsAndNamesTheBounds(int limit) {
    assertThatThrownBy(() -> FeedRequest.first(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 100");
  }

  @Test
  void createsAnActivityAndGivesItsJson() {
    Clock clock = Clock.fixed(Instant.parse("2026-11-23T14:57:19.000656Z"), ZoneOffset.UTC);
    CreatedActivity created =
        db.activities().withClock(clock).create(NewActivity.of("sub-ann", "hi", Ttl.TWELVE_HOURS));
    assertThat(created.json())
        .isEqualTo(
            """
            {"uuid":"%s","display_name":"Ann \\"A\\" \\\\","handle":"ann","message":"hi",\
            "created_at":"2026-11-23T14:57:19.000656+00:00",\
            "expires_at":"2026-11-24T02:57:19.000656+00:00","reply_to_activity_uuid":null}"""
                .formatted(created.uuid()));
  }

  @Test
  void createsForAUserByUuidWithTheTimeOfTheDatabase() {
    UUID created = db.activities().create(NewActivity.of(ann, "hi", Ttl.ONE_HOUR)).uuid();
    assertThat(
            db.dsl()
                .fetchValue(
                    "SELECT expires_at = created_at + interval '1 hour' AND created_at BETWEEN"
                        + " now() - interval '1 minute' AND now() FROM activities WHERE uuid = ?",
                    created))
        .isEqualTo(true);
  }

  @Test
  void saysThatTheUserIsUnknown() {
    assertThatThrownBy(
            () -> db.activities().create(NewActivity.of("sub-nobody", "hi", Ttl.ONE_DAY)))
        .isInstanceOf(UnknownUserException.class)
        .hasMessageContaining("Cognito user id")
        .hasMessageNotContaining("sub-nobody");
  }

  @Test
  void countsCharactersAsCodePoints() {
    String longest = "\ud83d\ude00".repeat(280);
    assertThat(NewActivity.of("sub", longest, Ttl.ONE_DAY).message()).isEqualTo(longest);
    assertCode("message_exceed_max_chars", () -> NewActivity.of("sub", longest + "a", Ttl.ONE_DAY));
  }

  @Test
  void refusesWithTheCodesOfTheWebClient() {
    assertCode("message_blank", () -> NewActivity.of("sub", " ", Ttl.ONE_DAY));
    assertCode("message_blank", () -> NewActivity.of("sub", "\u00a0\u200b\n", Ttl.ONE_DAY));
    assertCode("activity_uuid_blank", () -> db.activities().show(null));
    assertCode("activity_uuid_blank", () -> db.activities().find(null));
    assertCode("cognito_user_id_blank", () -> NewActivity.of("", "hi", Ttl.ONE_DAY));
    assertCode("cognito_user_id_blank", () -> NewActivity.of("MOCK", "hi", Ttl.ONE_DAY));
    assertCode("ttl_blank", () -> NewActivity.of("sub", "hi", null));
    assertCode("ttl_blank", () -> Ttl.parse("2-days"));
    assertThat(Ttl.parse("7-days")).isEqualTo(Ttl.SEVEN_DAYS);
  }

  private static void assertCode(String code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private List<String> messages(FeedRequest request) {
    String json = db.activities().home(request).jsonText();
    return db.dsl()
        .fetch("SELECT value ->> 'message' FROM json_array_elements(?::json)", json)
        .getValues(0, String.class);
  }

  private UUID activity(
      String message, OffsetDateTime created, OffsetDateTime expires, UUID replyTo) {
    return db.dsl()
        .insertInto(ACTIVITIES)
        .set(ACTIVITIES.USER_UUID, ann)
        .set(ACTIVITIES.MESSAGE, message)
        .set(ACTIVITIES.CREATED_AT, created)
        .set(ACTIVITIES.EXPIRES_AT, expires)
        .set(ACTIVITIES.REPLY_TO_ACTIVITY_UUID, replyTo)
        .returning(ACTIVITIES.UUID)
        .fetchSingle(ACTIVITIES.UUID);
  }
}
