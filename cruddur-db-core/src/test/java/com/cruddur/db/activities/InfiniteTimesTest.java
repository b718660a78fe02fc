package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.users.UserActivities;
import com.cruddur.db.users.UserPage;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A time stamp of PostgreSQL may be infinite; pages begin and end there too. */
class InfiniteTimesTest extends WithActivityRows {

  private static final int EACH = 45;

  @BeforeEach
  void insert() {
    db.dsl()
        .execute(
            "INSERT INTO activities (user_uuid, message, created_at, expires_at)"
                + " SELECT ?, 'cloud ' || t || n, t::timestamptz, 'infinity'"
                + " FROM unnest(ARRAY['infinity', '-infinity', '2026-11-23']) t,"
                + " generate_series(1, ?) n",
            rows.author(),
            EACH);
  }

  @Test
  void pageTheFeedAndItsRecords() {
    List<String> seen = new ArrayList<>();
    Optional<FeedCursor> next = Optional.empty();
    FeedRequest first = FeedRequest.first(7);
    do {
      FeedRequest request =
          next.map(cursor -> first.after(FeedCursor.parse(cursor.toString()))).orElse(first);
      FeedPage page = db.activities().home(request);
      ActivityPage<FeedCursor> records = db.activities().homeActivities(request);
      assertThat(records.activities())
          .extracting(Activity::message)
          .isEqualTo(rows.messages(page.jsonText()));
      assertThat(records.next()).isEqualTo(page.next());
      seen.addAll(rows.messages(page.jsonText()));
      assertThat(seen).hasSizeLessThanOrEqualTo(3 * EACH);
      next = page.next();
    } while (next.isPresent());
    assertThat(seen).hasSize(3 * EACH).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).startsWith("cloud infinity");
    assertThat(seen.getLast()).startsWith("cloud -infinity");
  }

  @Test
  void pageASearch() {
    List<Activity> seen = new ArrayList<>();
    SearchRequest first = SearchRequest.first("cloud", 7);
    Optional<SearchCursor> next = Optional.empty();
    do {
      ActivityPage<SearchCursor> page =
          db.activities()
              .searchActivities(
                  next.map(cursor -> first.after(SearchCursor.parse(cursor.toString())))
                      .orElse(first));
      seen.addAll(page.activities());
      assertThat(seen).hasSizeLessThanOrEqualTo(3 * EACH);
      next = page.next();
    } while (next.isPresent());
    assertThat(seen).hasSize(3 * EACH).doesNotHaveDuplicates();
    assertThat(seen.getFirst().createdAt()).isEqualTo(OffsetDateTime.MAX);
    assertThat(seen.getLast().createdAt()).isEqualTo(OffsetDateTime.MIN);
  }

  @Test
  void pageAUser() {
    List<Activity> seen = new ArrayList<>();
    Optional<FeedCursor> next = Optional.empty();
    do {
      UserPage page =
          next.map(cursor -> db.users().page("ann", cursor))
              .orElseGet(() -> db.users().page("ann"))
              .orElseThrow();
      UserActivities records =
          next.map(cursor -> db.users().pageActivities("ann", cursor))
              .orElseGet(() -> db.users().pageActivities("ann"))
              .orElseThrow();
      assertThat(records.next()).isEqualTo(page.next());
      assertThat(records.activities()).hasSize(page.rows());
      seen.addAll(records.activities());
      assertThat(seen).hasSizeLessThanOrEqualTo(3 * EACH);
      next = page.next();
    } while (next.isPresent());
    assertThat(seen).hasSize(3 * EACH).doesNotHaveDuplicates();
    assertThat(seen).extracting(Activity::expiresAt).containsOnly(OffsetDateTime.MAX);
  }
}
