package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.testkit.CruddurTest.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@CruddurTest
class TestClockTest {

  private static final Instant LEAP_DAY = Instant.parse("2024-02-29T12:00:00Z");

  // @start region="clock"
  @Test
  void expiresAfterItsTime(CruddurDb db, SeedData seed, TestClock clock) {
    SeedActivity hello = seed.user("alice").activity("hello", Ttl.ONE_HOUR);
    clock.advance(Duration.ofMinutes(59));
    assertThat(db.activities().show(hello.uuid())).isPresent();
    clock.advance(Duration.ofMinutes(1));
    assertThat(db.activities().show(hello.uuid())).isEmpty();
  }

  // @end

  @Test
  void isTheTimeOfWhatIsCreatedAlsoInTransactions(CruddurDb db, SeedData seed, Clock clock) {
    ((TestClock) clock).set(LEAP_DAY);
    SeedUser alice = seed.user("alice");
    db.transaction(tx -> SeedData.of(tx).user("alice").activity("a"));
    OffsetDateTime created =
        db.dsl()
            .fetchSingle(ACTIVITIES, ACTIVITIES.USER_UUID.eq(alice.uuid()))
            .get(ACTIVITIES.CREATED_AT);
    assertThat(created).isEqualTo(LEAP_DAY.atOffset(ZoneOffset.UTC));
  }

  @Test
  void letsWhatComesLaterBeNewer(CruddurDb db, SeedData seed, TestClock clock) {
    clock.advance(Duration.ofHours(1));
    seed.user("alice").activity("one").activity("two").activity("three").expiredActivity("old");
    assertThat(db.activities().home(FeedRequest.first(9)).jsonText())
        .containsSubsequence("three", "two", "one", "seed data")
        .doesNotContain("\"old\"");
  }

  @Test
  void beginsNow(TestClock clock) {
    assertThat(clock.instant()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void leavesTheTimeOfTestsWithoutOneToTheServer(CruddurDb db) {
    boolean sameTime =
        db.transaction(
            tx -> {
              SeedActivity activity = SeedData.of(tx).user("alice").activity("a");
              return tx.dsl()
                  .fetchSingle(ACTIVITIES, ACTIVITIES.UUID.eq(activity.uuid()))
                  .getCreatedAt()
                  .equals(tx.dsl().fetchValue(DSL.currentOffsetDateTime()));
            });
    assertThat(sameTime).isTrue();
  }

  @Test
  void movesInEveryZone() {
    TestClock clock = TestClock.at(LEAP_DAY.plusNanos(999));
    Clock inToronto = clock.withZone(ZoneId.of("America/Toronto"));
    assertThat(inToronto.instant()).isEqualTo(LEAP_DAY);
    clock.advance(Duration.ofDays(1));
    assertThat(inToronto.instant()).isEqualTo(LEAP_DAY.plus(1, ChronoUnit.DAYS).plusNanos(1_000));
    assertThat(inToronto.withZone(ZoneOffset.UTC).getZone()).isEqualTo(ZoneOffset.UTC);
  }

  @Nested
  class TakenOnlyBefore {

    private TestClock clock;

    @BeforeEach
    void take(CruddurDb before, TestClock given) {
      assertThat(before).isNotNull();
      clock = given;
    }

    @Test
    void appliesToTheTestToo(CruddurDb db, SeedData seed) {
      SeedActivity hello = seed.bayko().activity("hello", Ttl.ONE_HOUR);
      clock.advance(Duration.ofHours(2));
      assertThat(db.activities().show(hello.uuid())).isEmpty();
    }
  }

  @Nested
  @CruddurTest(scope = Scope.CLASS)
  class OfAClass {

    private final CruddurDb db;

    OfAClass(CruddurDb db) {
      this.db = db;
    }

    @Test
    void appliesThoughTheDatabaseWasAskedForFirst(TestClock clock, SeedData seed) {
      SeedActivity hello = seed.bayko().activity("hello", Ttl.ONE_HOUR);
      clock.advance(Duration.ofHours(2));
      assertThat(db.activities().show(hello.uuid())).isEmpty();
    }
  }
}
