package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.schema.tables.records.ActivitiesRecord;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@CruddurTest
class SeedDataTest {

  @Test
  void buildsUsersActivitiesAndReplies(CruddurDb db, SeedData seed) {
    // @start region="builders"
    SeedUser alice = seed.user("alice").email("alice@example.com").bio("I post.");
    SeedActivity hello = alice.activity("hello", Ttl.SEVEN_DAYS).likes(3).reposts(1);
    hello.reply(seed.bayko(), "hi alice").reply(alice, "hi bayko"); // a reply to the reply
    alice.expiredActivity("was here");
    // @end
    assertThat(db.users().page("alice").orElseThrow().json())
        .contains("I post.", "\"hello\"")
        .doesNotContain("was here");
    ActivitiesRecord row = row(db.dsl(), hello);
    assertThat(row.getLikesCount()).isEqualTo(3);
    assertThat(row.getRepostsCount()).isEqualTo(1);
    assertThat(row.getRepliesCount()).isEqualTo(1);
    assertThat(row.getExpiresAt()).isEqualTo(row.getCreatedAt().plusDays(7));
    assertThat(db.dsl().fetchCount(ACTIVITIES)).isEqualTo(5);
  }

  @Test
  void chainsActivitiesOfOneUser(CruddurDb db, SeedData seed) {
    seed.user("alice").activity("one").activity("two").expiredActivity("old").activity("three");
    assertThat(db.activities().home(FeedRequest.first(3)).jsonText())
        .containsSubsequence("\"three\"", "\"two\"", "\"one\"");
  }

  @Test
  void knowsTheRowsOfTheBaseSeed(DSLContext dsl, SeedData seed) {
    SeedActivity first = seed.firstActivity();
    assertThat(row(dsl, first).getMessage()).isEqualTo("This was imported as seed data!");
    assertThat(first.author().handle()).isEqualTo("andrewbrown");
    assertThat(seed.bayko().cognitoUserId()).isEqualTo("MOCK");
    first.reply("of andrew to himself");
    assertThat(row(dsl, first).getRepliesCount()).isEqualTo(1);
  }

  @Test
  void findsAUserWhoIsThereAlready(DSLContext dsl, SeedData seed) {
    assertThat(seed.user("alice").uuid()).isEqualTo(seed.user("alice").uuid());
    assertThat(seed.user("ANDREWBROWN").uuid()).isEqualTo(seed.andrew().uuid());
    assertThat(dsl.fetchCount(USERS)).isEqualTo(3);
  }

  @Test
  void setsWhatHasADefault(DSLContext dsl, SeedData seed) {
    OffsetDateTime time = OffsetDateTime.parse("2020-02-29T12:00:00Z");
    SeedActivity old = seed.user("alice").displayName("Alice A.").activity("old");
    old.createdAt(time).expiresAt(null);
    assertThat(row(dsl, old).getCreatedAt()).isEqualTo(time);
    assertThat(row(dsl, old).getExpiresAt()).isNull();
    assertThat(dsl.fetchOne(USERS, USERS.HANDLE.eq("alice")).getDisplayName())
        .isEqualTo("Alice A.");
  }

  @Test
  void expiresActivitiesADayBeforeNow(DSLContext dsl, SeedData seed) {
    ActivitiesRecord row = row(dsl, seed.bayko().expiredActivity("old"));
    assertThat(row.getExpiresAt())
        .isCloseTo(OffsetDateTime.now().minusDays(1), within(1, ChronoUnit.MINUTES))
        .isEqualTo(row.getCreatedAt().plusDays(1));
  }

  @Nested
  @CruddurTest(seed = {})
  class WithoutTheBaseSeed {
    @Test
    void saysThatItsUsersAreMissing(SeedData seed) {
      assertThatThrownBy(seed::firstActivity)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("BaseSeed.class");
    }
  }

  private static ActivitiesRecord row(DSLContext dsl, SeedActivity activity) {
    return dsl.fetchSingle(ACTIVITIES, ACTIVITIES.UUID.eq(activity.uuid()));
  }
}
