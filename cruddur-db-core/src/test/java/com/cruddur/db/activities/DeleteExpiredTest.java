package com.cruddur.db.activities;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.TestServer;
import com.cruddur.db.UnknownActivityException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteExpiredTest {

  private static final OffsetDateTime NOON =
      OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 0, ZoneOffset.UTC);

  private CruddurDb db;
  private ActivityRows rows;
  private ActivityDao activities;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    rows = new ActivityRows(db);
    activities = db.activities().withClock(Clock.fixed(NOON.toInstant(), ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void deletesWhatHasExpiredWithItsRepliesAndNothingElse() {
    UUID expired = rows.post("expired", NOON.minusDays(1), NOON);
    UUID reply = rows.reply("reply", NOON, expired);
    rows.reply("below", NOON, reply);
    UUID alive = rows.post("alive", NOON, NOON.plusNanos(1000));
    UUID forever = rows.post("forever", NOON, null);
    UUID replyToAlive = rows.reply("reply to alive", NOON, alive);
    assertThat(activities.deleteExpired(100)).isEqualTo(3);
    assertThat(remaining()).containsExactlyInAnyOrder(alive, forever, replyToAlive);
    assertThat(activities.deleteExpired(100)).isZero();
  }

  @Test
  void passesOverRepliesThatSomebodyTiedToACircle() {
    UUID post = rows.post("expired", NOON.minusDays(1), NOON.minusHours(1));
    UUID reply = rows.reply("reply", NOON, post);
    db.dsl()
        .update(ACTIVITIES)
        .set(ACTIVITIES.REPLY_TO_ACTIVITY_UUID, reply)
        .where(ACTIVITIES.UUID.eq(post))
        .execute();
    rows.post("expired too", NOON.minusDays(1), NOON);
    assertThat(
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> activities.deleteExpired(100)))
        .isEqualTo(1);
    assertThat(remaining()).containsExactlyInAnyOrder(post, reply);
  }

  @Test
  void deletesNoMoreThanABatchAndLeavesFirst() {
    UUID expired = rows.post("expired", NOON.minusDays(1), NOON);
    UUID reply = rows.reply("reply", NOON, expired);
    for (int i = 0; i < 5; i++) {
      rows.reply("below", NOON, reply);
    }
    assertThat(activities.deleteExpired(2)).isEqualTo(2);
    assertThat(activities.deleteExpired(2)).isEqualTo(2);
    assertThat(rows.repliesCount(reply)).isEqualTo(1);
    assertThat(remaining()).contains(expired, reply).hasSize(3);
    assertThat(activities.deleteExpired(2)).isEqualTo(2);
    assertThat(remaining()).containsExactly(expired);
    assertThat(activities.deleteExpired(2)).isEqualTo(1);
  }

  @Test
  void deletesALongChainOfRepliesFromItsEnd() {
    UUID last = rows.post("expired", NOON.minusDays(1), NOON);
    for (int i = 0; i < 30; i++) {
      last = rows.reply("reply " + i, NOON, last);
    }
    assertThat(activities.deleteExpired(10)).isEqualTo(10);
    assertThat(remaining()).doesNotContain(last).hasSize(21);
    assertThat(activities.deleteExpired(100)).isEqualTo(21);
  }

  @Test
  void countsAReplyThatExpiredByItself() {
    UUID alive = rows.post("alive", NOON, null);
    rows.activity("short", NOON.minusDays(1), NOON, alive);
    assertThat(activities.deleteExpired(10)).isEqualTo(1);
    assertThat(rows.repliesCount(alive)).isZero();
  }

  @Test
  void leavesAReplyThatExpiredByItselfBelowWhatSomebodyHasLocked() {
    UUID alive = rows.post("alive", NOON, null);
    rows.activity("short", NOON.minusDays(1), NOON, alive);
    db.transaction(
        tx -> {
          tx.dsl().selectFrom(ACTIVITIES).where(ACTIVITIES.UUID.eq(alive)).forUpdate().fetch();
          assertThat(
                  assertTimeoutPreemptively(
                      Duration.ofSeconds(10), () -> activities.deleteExpired(10)))
              .isZero();
          return null;
        });
    assertThat(activities.deleteExpired(10)).isEqualTo(1);
    assertThat(remaining()).containsExactly(alive);
  }

  @Test
  void leavesAloneWhatSomebodyHasLockedAndAllAboveIt() {
    UUID expired = rows.post("expired", NOON.minusDays(1), NOON);
    UUID reply = rows.reply("reply", NOON, expired);
    UUID below = rows.reply("below", NOON, reply);
    rows.reply("beside", NOON, expired);
    UUID other = rows.post("other", NOON.minusDays(1), NOON);
    db.transaction(
        tx -> {
          tx.dsl().selectFrom(ACTIVITIES).where(ACTIVITIES.UUID.eq(below)).forUpdate().fetch();
          assertThat(activities.deleteExpired(10)).isEqualTo(2);
          return null;
        });
    assertThat(remaining()).contains(expired, reply, below).doesNotContain(other).hasSize(3);
    assertThat(activities.deleteExpired(10)).isEqualTo(3);
  }

  @Test
  void runsInTheTransactionOfTheCaller() {
    rows.post("expired", NOON.minusDays(1), NOON.minusHours(1));
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      ActivityDao later =
                          tx.activities().withClock(Clock.fixed(NOON.toInstant(), ZoneOffset.UTC));
                      assertThat(later.deleteExpired(10)).isEqualTo(1);
                      throw new IllegalStateException("roll back");
                    }))
        .hasMessage("roll back");
    assertThat(remaining()).hasSize(1);
  }

  @Test
  void sharesTheWorkAmongWorkersWhileOthersReply() throws Exception {
    Random random = new Random(7);
    List<UUID> posts =
        IntStream.range(0, 120)
            .mapToObj(i -> rows.post("p" + i, NOON.minusDays(1), i % 3 == 0 ? null : NOON))
            .toList();
    posts.forEach(post -> rows.reply("below", NOON, rows.reply("reply", NOON, post)));
    ActivityDao earlier =
        db.activities().withClock(Clock.fixed(NOON.minusSeconds(1).toInstant(), ZoneOffset.UTC));
    Callable<Integer> worker = () -> deleteAll(7);
    Callable<Integer> replier =
        () -> {
          int refused = 0;
          for (int i = 0; i < 150; i++) {
            UUID post = posts.get(random.nextInt(posts.size()));
            try {
              earlier.reply(NewReply.of(rows.author(), post, "late " + i));
            } catch (UnknownActivityException gone) {
              refused++;
            }
          }
          return refused;
        };
    try (ExecutorService executor = Executors.newFixedThreadPool(5)) {
      List<Future<Integer>> results =
          executor.invokeAll(List.of(worker, replier, worker, worker, replier));
      for (Future<Integer> result : results) {
        assertThat(result.get()).isNotNegative();
      }
    }
    deleteAll(50);
    assertThat(rows.wrongCounters()).isZero();
    assertThat(db.dsl().fetchCount(ACTIVITIES, ACTIVITIES.EXPIRES_AT.isNotNull())).isZero();
    assertThat(db.dsl().fetchCount(ACTIVITIES, ACTIVITIES.REPLY_TO_ACTIVITY_UUID.isNull()))
        .isEqualTo(40);
  }

  private int deleteAll(int batchSize) {
    int deleted = 0;
    for (int batch = activities.deleteExpired(batchSize); batch > 0; ) {
      assertThat(batch).isLessThanOrEqualTo(batchSize);
      deleted += batch;
      batch = activities.deleteExpired(batchSize);
    }
    return deleted;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10_001})
  void refusesASizeOutOfBoundsAndNamesTheBounds(int size) {
    assertThatThrownBy(() -> activities.deleteExpired(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 10000");
  }

  private List<UUID> remaining() {
    return db.dsl().fetchValues(ACTIVITIES.UUID);
  }
}
