package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.DSLContext;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.testkit.engine.Events;

class IsolationTest {

  private static final int REPETITIONS = 25;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Queue<String> NAMES = new ConcurrentLinkedQueue<>();

  @Test
  void noTestEverSeesTheRowsOfAnother() {
    NAMES.clear();
    Events tests =
        InnerTests.runInParallel(First.class, Second.class, WithoutSeed.class).testEvents();
    tests.assertStatistics(count -> count.succeeded(3 * REPETITIONS).failed(0));
    assertThat(NAMES).hasSize(3 * REPETITIONS).doesNotHaveDuplicates();
    try (TestDatabase database = TestDatabase.create();
        CruddurDb db = database.open()) {
      assertThat(Waiting.uninterruptibly(LIMIT, () -> noneIsLeft(db)))
          .as("all databases of these tests are dropped")
          .isTrue();
      assertThat(names(db)).contains(database.name());
    }
  }

  private static boolean noneIsLeft(CruddurDb db) {
    return Collections.disjoint(names(db), NAMES);
  }

  private static List<String> names(CruddurDb db) {
    return db.dsl().fetch("SELECT datname::text FROM pg_database").getValues(0, String.class);
  }

  abstract static class Writing {

    @RepeatedTest(REPETITIONS)
    void seesOnlyItsOwnRows(TestDatabase database, CruddurDb db, SeedData seed, TestInfo info)
        throws InterruptedException {
      NAMES.add(database.name());
      DSLContext dsl = db.dsl();
      int users = dsl.fetchCount(USERS);
      int activities = dsl.fetchCount(ACTIVITIES);
      assertThat(users).isEqualTo(expectedUsers());
      assertThat(activities).isEqualTo(Math.max(0, expectedUsers() - 1));
      String handle = getClass().getSimpleName() + info.getDisplayName().replaceAll("\\D+", "_");
      for (int i = 1; i <= 3; i++) {
        seed.user(handle).activity(handle + i);
        Thread.sleep(ThreadLocalRandom.current().nextInt(10));
        assertThat(dsl.fetchCount(USERS)).isEqualTo(users + 1);
        assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(activities + i);
      }
    }

    int expectedUsers() {
      return 2;
    }
  }

  @CruddurTest
  static class First extends Writing {}

  @CruddurTest
  static class Second extends Writing {}

  @CruddurTest(seed = {})
  static class WithoutSeed extends Writing {
    @Override
    int expectedUsers() {
      return 0;
    }
  }
}
