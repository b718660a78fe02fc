package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActivityRecordTest extends WithActivityRows {

  private static final OffsetDateTime NOON =
      OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 656_000, ZoneOffset.UTC);

  @Test
  void findsAnActivityAndAReply() {
    UUID post = rows.post("post", NOON, NOON.plusYears(90));
    UUID reply = rows.reply("reply", NOON.plusSeconds(1), post);
    assertThat(db.activities().find(post)).contains(record(post, "post", 1, null, NOON, 90));
    assertThat(db.activities().find(reply))
        .contains(record(reply, "reply", 0, post, NOON.plusSeconds(1), null));
  }

  @Test
  void findsNothingThatIsUnknownOrHasExpiredWithWhatIsBelow() {
    UUID expired = rows.post("old", NOON, NOON.plusSeconds(1));
    assertThat(db.activities().find(UUID.randomUUID())).isEmpty();
    assertThat(db.activities().find(expired)).isEmpty();
    assertThat(db.activities().find(rows.reply("reply", NOON, expired))).isEmpty();
  }

  @Test
  void showsAnActivityWithItsDirectRepliesInTheOrderOfTime() {
    UUID post = rows.post("post", NOON, NOON.plusYears(90));
    UUID later = rows.reply("later", NOON.plusSeconds(2), post);
    UUID sooner = rows.reply("sooner", NOON.plusSeconds(1), post);
    UUID below = rows.reply("below", NOON.plusSeconds(3), sooner);
    Activity reply = record(sooner, "sooner", 1, post, NOON.plusSeconds(1), null);
    assertThat(db.activities().showActivity(post))
        .contains(
            new ShownActivity(
                record(post, "post", 2, null, NOON, 90),
                List.of(reply, record(later, "later", 0, post, NOON.plusSeconds(2), null))));
    assertThat(db.activities().showActivity(sooner))
        .contains(
            new ShownActivity(
                reply, List.of(record(below, "below", 0, sooner, NOON.plusSeconds(3), null))));
    assertThat(db.activities().showActivity(below).orElseThrow().replies()).isEmpty();
  }

  @Test
  void showsNothingThatIsUnknownOrHasExpiredWithWhatIsBelow() {
    UUID expired = rows.post("old", NOON, NOON.plusSeconds(1));
    UUID reply = rows.reply("reply", NOON, expired);
    rows.reply("below", NOON, reply);
    assertThat(db.activities().showActivity(UUID.randomUUID())).isEmpty();
    assertThat(db.activities().showActivity(expired)).isEmpty();
    assertThat(db.activities().showActivity(reply)).isEmpty();
  }

  @Test
  void givesTheSamePagesOfTheFeedAsItsJson() {
    UUID first = rows.post("m0", NOON, null);
    rows.post("old", NOON, NOON.plusSeconds(1));
    rows.reply("reply", NOON.plusSeconds(1), first);
    for (int i = 1; i < 8; i++) {
      rows.post("m" + i, NOON.plusSeconds(i / 3), null);
    }
    FeedRequest feed = FeedRequest.first(3);
    for (FeedRequest request :
        List.of(feed, feed.withExpired(), feed.withReplies(), feed.withExpired().withReplies())) {
      Optional<FeedCursor> next = Optional.empty();
      do {
        FeedRequest wanted = next.map(request::after).orElse(request);
        FeedPage json = db.activities().home(wanted);
        ActivityPage<FeedCursor> page = db.activities().homeActivities(wanted);
        assertThat(page.activities()).hasSize(json.rows()).isNotEmpty();
        assertThat(page.activities())
            .extracting(Activity::message)
            .isEqualTo(rows.messages(json.jsonText()));
        assertThat(page.next()).isEqualTo(json.next());
        next = page.next();
      } while (next.isPresent());
    }
    assertThat(db.activities().homeActivities(FeedRequest.first(100)).activities())
        .hasSize(8)
        .contains(record(first, "m0", 1, null, NOON, null));
  }

  @Test
  void givesTheSamePagesOfASearchAsItsJson() {
    for (int i = 0; i < 8; i++) {
      rows.post("cloud ".repeat(1 + i % 3), NOON.plusSeconds(i / 3), null);
    }
    SearchRequest request = SearchRequest.first("clo", 3);
    List<Activity> seen = new ArrayList<>();
    Optional<SearchCursor> next = Optional.empty();
    do {
      SearchRequest wanted = next.map(request::after).orElse(request);
      SearchPage json = db.activities().search(wanted);
      ActivityPage<SearchCursor> page = db.activities().searchActivities(wanted);
      assertThat(page.activities())
          .extracting(Activity::message)
          .isEqualTo(rows.messages(json.jsonText()));
      assertThat(page.next()).isEqualTo(json.next());
      seen.addAll(page.activities());
      next = page.next();
    } while (next.isPresent());
    assertThat(seen).hasSize(8).doesNotHaveDuplicates();
  }

  private static Activity record(
      UUID uuid,
      String message,
      int replies,
      UUID replyTo,
      OffsetDateTime created,
      Integer yearsToExpiry) {
    OffsetDateTime expires = yearsToExpiry == null ? null : created.plusYears(yearsToExpiry);
    return new Activity(
        uuid, "Ann \"A\" \\", "ann", message, replies, 0, 0, replyTo, expires, created);
  }
}
