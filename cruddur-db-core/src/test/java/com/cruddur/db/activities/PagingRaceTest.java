package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pages through the feed while three threads post without a pause. */
class PagingRaceTest extends WithActivityRows {

  @Test
  void seesWhatWasThereOnceAndNothingTwice() throws Exception {
    List<UUID> before = new ArrayList<>();
    OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC).minusHours(1);
    for (int i = 0; i < 60; i++) {
      before.add(rows.post("before", start.plusSeconds(i / 7), null));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger posted = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        writers.add(threads.submit(() -> post(done, posted)));
      }
      try {
        for (int round = 0; round < 5; round++) {
          int earlier = posted.get();
          List<UUID> seen = pageThrough();
          assertThat(seen).doesNotHaveDuplicates().containsAll(before);
          assertThat(seen).hasSizeGreaterThanOrEqualTo(60 + earlier);
        }
      } finally {
        done.set(true);
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertThat(posted).hasValueGreaterThan(50);
  }

  private void post(AtomicBoolean done, AtomicInteger posted) {
    while (!done.get() && posted.get() < 1_000) {
      db.activities().create(NewActivity.of(rows.author(), "meanwhile", Ttl.ONE_DAY));
      posted.incrementAndGet();
    }
  }

  private List<UUID> pageThrough() {
    FeedRequest request = FeedRequest.first(7);
    List<UUID> seen = new ArrayList<>();
    Optional<FeedCursor> next = Optional.empty();
    do {
      ActivityPage<FeedCursor> page =
          db.activities().homeActivities(next.map(request::after).orElse(request));
      page.activities().forEach(activity -> seen.add(activity.uuid()));
      next = page.next();
    } while (next.isPresent());
    return seen;
  }
}
