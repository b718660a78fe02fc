package com.cruddur.db.users;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.TestServer;
import com.cruddur.db.UnknownUserException;
import com.cruddur.db.activities.Activity;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.json.JsonResult;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserQueriesTest {

  private static final OffsetDateTime NOON =
      OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 0, ZoneOffset.UTC);

  private CruddurDb db;
  private UUID ann;
  private UUID bob;
  private UUID mock;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    ann = db.users().insert(NewUser.of("sub-ann", "Ann \"A\"", "Ann", null)).uuid();
    bob = db.users().insert(NewUser.of("sub-bob", "Bob", "bob", "bob@example.com")).uuid();
    mock =
        db.dsl()
            .insertInto(USERS)
            .set(USERS.HANDLE, "andrewbrown")
            .set(USERS.DISPLAY_NAME, "Andrew Brown")
            .set(USERS.COGNITO_USER_ID, "MOCK")
            .returning(USERS.UUID)
            .fetchSingle(USERS.UUID);
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void findsTheIdByHandleInAnyCaseAndByCognitoUserId() {
    assertThat(db.users().findByHandle("aNN")).contains(ann);
    assertThat(db.users().findByHandle("andrewbrown")).contains(mock);
    assertThat(db.users().findByHandle("an%")).isEmpty();
    assertThat(db.users().findByCognitoId("sub-bob")).contains(bob);
    assertThat(db.users().findByCognitoId("SUB-BOB")).isEmpty();
  }

  @Test
  void givesAUserInShortOrNothing() {
    assertThat(db.users().shortProfile("ann"))
        .contains(
            "{\"uuid\":\"%s\",\"handle\":\"Ann\",\"display_name\":\"Ann \\\"A\\\"\"}"
                .formatted(ann));
    assertThat(db.users().shortProfile("nobody")).isEmpty();
    assertThat(db.users().profile("bob")).contains(new UserProfile(bob, "bob", "Bob", null));
    assertThat(db.users().profile("nobody")).isEmpty();
  }

  @Test
  void givesThePageOfAUser() {
    UUID post = post("post", NOON, NOON.plusYears(90), null);
    post("old", NOON, NOON.plusSeconds(1), null);
    post("reply", NOON, null, post);
    UUID newer = post("newer", NOON.plusSeconds(1), null, null);
    UserPage page = db.users().page("ANN").orElseThrow();
    assertThat(page.json())
        .isEqualTo(
            """
            {"profile":{"uuid":"%s","cognito_user_uuid":"sub-ann","handle":"Ann",\
            "display_name":"Ann \\"A\\"","bio":null,"cruds_count":2},"activities":[\
            {"uuid":"%s","display_name":"Ann \\"A\\"","handle":"Ann","message":"newer",\
            "created_at":"2026-11-23T12:00:01+00:00","expires_at":null},\
            {"uuid":"%s","display_name":"Ann \\"A\\"","handle":"Ann","message":"post",\
            "created_at":"2026-11-23T12:00:00+00:00","expires_at":"2116-11-23T12:00:00+00:00"}]}"""
                .formatted(ann, newer, post));
    assertThat(page.rows()).isEqualTo(2);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void givesAPageWithoutActivitiesAndNoneForNobody() {
    UserPage page = db.users().page("bob").orElseThrow();
    assertThat(page.json())
        .isEqualTo(
            """
            {"profile":{"uuid":"%s","cognito_user_uuid":"sub-bob","handle":"bob",\
            "display_name":"Bob","bio":null,"cruds_count":0},"activities":[]}"""
                .formatted(bob));
    assertThat(page.rows()).isZero();
    assertThat(db.users().page("nobody")).isEmpty();
  }

  @Test
  void givesThePageOfAUserForJava() {
    UUID post = post("post", NOON, NOON.plusYears(90), null);
    post("old", NOON, NOON.plusSeconds(1), null);
    post("reply", NOON, null, post);
    UserActivities page = db.users().pageActivities("ANN").orElseThrow();
    assertThat(page.profile()).isEqualTo(db.users().profile("ann").orElseThrow());
    assertThat(page.cognitoUserId()).isEqualTo("sub-ann");
    assertThat(page.crudsCount()).isEqualTo(1);
    assertThat(page.activities())
        .containsExactly(db.activities().find(post).orElseThrow())
        .extracting(Activity::repliesCount)
        .containsExactly(1);
    assertThat(page.next()).isEmpty();
    assertThat(db.users().pageActivities("bob").orElseThrow().activities()).isEmpty();
    assertThat(db.users().pageActivities("nobody")).isEmpty();
  }

  @Test
  void givesTheSamePagesForJava() {
    for (int i = 0; i < 80; i++) {
      post("m" + i, NOON.plusSeconds(i / 9), null, null);
    }
    Optional<UserPage> json = db.users().page("ann");
    Optional<UserActivities> page = db.users().pageActivities("ann");
    for (int pages = 0; pages < 2; pages++) {
      assertThat(page.orElseThrow().activities())
          .extracting(activity -> activity.uuid().toString())
          .isEqualTo(uuids(json.orElseThrow().json()));
      assertThat(page.get().next()).isEqualTo(json.get().next());
      json = json.get().next().flatMap(next -> db.users().page("ann", next));
      page = page.get().next().flatMap(next -> db.users().pageActivities("ann", next));
    }
    assertThat(page).isEmpty();
  }

  @Test
  void hidesWhatHasExpiredByTheClock() {
    post("post", NOON, NOON.plusSeconds(1), null);
    UserDao later = db.users().withClock(Clock.fixed(NOON.toInstant(), ZoneOffset.UTC));
    assertThat(later.page("ann").orElseThrow().json()).contains("\"cruds_count\":1");
    assertThat(db.users().page("ann").orElseThrow().json()).contains("\"cruds_count\":0");
  }

  @Test
  void pagesFortyAtATimeWithoutSkipOrRepeat() {
    for (int i = 0; i < 95; i++) {
      post("m" + i, NOON.plusSeconds(i / 9), null, null);
    }
    List<String> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Optional<UserPage> page = db.users().page("ann");
    while (page.isPresent()) {
      seen.addAll(uuids(page.get().json()));
      sizes.add(page.get().rows());
      post("new", NOON.plusDays(1), null, null);
      page =
          page.get()
              .next()
              .flatMap(next -> db.users().page("ann", FeedCursor.parse(next.toString())));
    }
    assertThat(sizes).containsExactly(40, 40, 15);
    assertThat(seen).hasSize(95).doesNotHaveDuplicates();
  }

  @Test
  void updatesAProfile() {
    assertThat(db.users().updateProfile("sub-ann", "Anna", "I am\n\"Anna\""))
        .isEqualTo(
            """
            {"uuid":"%s","handle":"Ann","display_name":"Anna","bio":"I am\\n\\"Anna\\""}"""
                .formatted(ann));
    assertThat(db.users().updateProfile("sub-ann", "Anna", null)).endsWith("\"bio\":null}");
    assertThat(db.users().profile("bob").orElseThrow().displayName()).isEqualTo("Bob");
  }

  @Test
  void refusesToUpdateNobodyAndThePlaceholder() {
    assertThatThrownBy(() -> db.users().updateProfile("sub-nobody", "X", null))
        .isInstanceOf(UnknownUserException.class)
        .hasMessageNotContaining("sub-nobody");
    assertCode("cognito_user_id_blank", () -> db.users().updateProfile("MOCK", "X", null));
    assertThat(db.users().profile("andrewbrown").orElseThrow().displayName())
        .isEqualTo("Andrew Brown");
  }

  @Test
  void givesTheUsersOfAMessage() {
    assertThat(db.users().messageUsers("sub-bob", "ann"))
        .isEqualTo(
            new JsonResult<>(
                """
                [{"uuid":"%s","display_name":"Bob","handle":"bob","kind":"sender"},\
                {"uuid":"%s","display_name":"Ann \\"A\\"","handle":"Ann","kind":"recv"}]"""
                    .formatted(bob, ann),
                2));
    assertThat(db.users().messageUsers("sub-bob", "bob").value())
        .isEqualTo(
            """
            [{"uuid":"%1$s","display_name":"Bob","handle":"bob","kind":"sender"},\
            {"uuid":"%1$s","display_name":"Bob","handle":"bob","kind":"recv"}]"""
                .formatted(bob));
    assertThat(db.users().messageUsers("sub-nobody", "nobody"))
        .isEqualTo(new JsonResult<>("[]", 0));
  }

  @Test
  void refusesWithTheCodesOfTheWebClient() {
    assertCode("blank_user_handle", () -> db.users().findByHandle(" "));
    assertCode("blank_user_handle", () -> db.users().shortProfile(null));
    assertCode("blank_user_handle", () -> db.users().profile(""));
    assertCode("blank_user_handle", () -> db.users().page("a\0"));
    assertCode("blank_user_handle", () -> db.users().messageUsers("sub-ann", null));
    assertCode("cognito_user_id_blank", () -> db.users().messageUsers("MOCK", "ann"));
    assertCode("cognito_user_id_blank", () -> db.users().findByCognitoId("MOCK"));
    assertCode("cognito_user_id_blank", () -> db.users().findByCognitoId(null));
    assertCode("display_name_blank", () -> db.users().updateProfile("sub-ann", " ", null));
  }

  private static void assertCode(String code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private List<String> uuids(String page) {
    return db.dsl()
        .fetch("SELECT value ->> 'uuid' FROM json_array_elements(?::json -> 'activities')", page)
        .getValues(0, String.class);
  }

  private UUID post(String message, OffsetDateTime created, OffsetDateTime expires, UUID replyTo) {
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
