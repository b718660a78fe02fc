package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

class SeedSetTest {

  private static final ConcurrentHashMap<String, AtomicInteger> LOADED = new ConcurrentHashMap<>();

  // The guide shows this set.
  // @start region="set"
  static final class BusyFeed implements SeedSet {
    @Override
    public void load(SeedData seed) {
      for (int i = 1; i <= 50; i++) {
        seed.andrew().activity("busy " + i).reply(seed.bayko(), "reply " + i);
      }
    }
  }

  // @end

  static class Counted implements SeedSet {
    @Override
    public void load(SeedData seed) {
      String name = getClass().getSimpleName();
      LOADED.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
      seed.user(name).activity("of " + name);
    }
  }

  static final class Lower extends Counted {}

  static final class Upper extends Counted {}

  static final class Broken implements SeedSet {
    @Override
    public void load(SeedData seed) {
      LOADED.computeIfAbsent("Broken", key -> new AtomicInteger()).incrementAndGet();
      seed.db().dsl().execute("INSERT INTO no_such_table VALUES (1)");
    }
  }

  private static final class Versioned implements SeedSet {
    private static String version = "1";

    @Override
    public void load(SeedData seed) {
      seed.user("version" + version);
    }

    @Override
    public String version() {
      return version;
    }
  }

  @SuppressWarnings("ClassCanBeStatic") // that it is not is the point
  final class Inner implements SeedSet {
    @Override
    public void load(SeedData seed) {}
  }

  @Test
  void areLoadedOneUponTheOther() {
    assertThat(messages(List.of(BaseSeed.class, Lower.class, Upper.class)))
        .containsExactly("This was imported as seed data!", "of Lower", "of Upper");
    assertThat(messages(List.of(Lower.class))).containsExactly("of Lower");
    assertThat(messages(List.of())).isEmpty();
    assertThat(messages(List.of(BaseSeed.class, BusyFeed.class))).hasSize(101);
  }

  @Test
  void areLoadedOnceForEachBeginningAlsoAcrossThreads() {
    List<Class<? extends SeedSet>> lower = List.of(BaseSeed.class, BusyFeed.class, Lower.class);
    List<Class<? extends SeedSet>> both =
        List.of(BaseSeed.class, BusyFeed.class, Lower.class, Upper.class);
    int before = count("Lower");
    int beforeUpper = count("Upper");
    IntStream.range(0, 12)
        .parallel()
        .forEach(i -> assertThat(messages(i % 2 == 0 ? lower : both)).hasSizeBetween(102, 103));
    assertThat(count("Lower")).isEqualTo(before + 1);
    assertThat(count("Upper")).isEqualTo(beforeUpper + 1);
  }

  @Test
  void saysWhichFailedAndDoesNotTryItAgain() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> TestDatabase.create(List.of(BaseSeed.class, Broken.class)))
          .isInstanceOf(TestDatabaseException.class)
          .hasMessageContainingAll("SeedSetTest$Broken", "could not be loaded", "no_such_table");
    }
    assertThat(count("Broken")).isEqualTo(1);
  }

  @Test
  void areAnotherTemplateWithAnotherVersionOrOrder() {
    String first = template(List.of(Versioned.class));
    assertThat(template(List.of(Versioned.class))).isEqualTo(first);
    Versioned.version = "2";
    assertThat(template(List.of(Versioned.class))).isNotEqualTo(first);
    assertThat(template(List.of(Lower.class))).isNotEqualTo(template(List.of(Upper.class)));
    assertThat(template(List.of(Lower.class, Upper.class)))
        .isNotEqualTo(template(List.of(Upper.class, Lower.class)));
  }

  private static String template(List<Class<? extends SeedSet>> sets) {
    return new SeedChain(sets).recipe().key();
  }

  @Test
  void areRefusedIfTheyCannotBeMadeOrAreNamedTwice() {
    assertThatThrownBy(() -> TestDatabase.create(List.of(Inner.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("constructor without parameters");
    assertThatThrownBy(() -> TestDatabase.create(List.of(Lower.class, Lower.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named twice");
  }

  @Test
  void leaveNothingOpenThatWouldStopAClone() {
    try (TestDatabase database = TestDatabase.create();
        CruddurDb db = database.open()) {
      assertThat(
              db.dsl()
                  .fetch(
                      "SELECT datallowconn FROM pg_database WHERE datname LIKE"
                          + " 'cruddur\\_template%'")
                  .getValues(0, Boolean.class))
          .isNotEmpty()
          .containsOnly(false);
    }
  }

  private static List<String> messages(List<Class<? extends SeedSet>> seed) {
    try (TestDatabase database = TestDatabase.create(seed);
        CruddurDb db = database.open()) {
      DSLContext dsl = db.dsl();
      return dsl.select(ACTIVITIES.MESSAGE)
          .from(ACTIVITIES)
          .orderBy(ACTIVITIES.CREATED_AT)
          .fetch(ACTIVITIES.MESSAGE);
    }
  }

  private static int count(String name) {
    return Stream.ofNullable(LOADED.get(name)).mapToInt(AtomicInteger::get).sum();
  }
}
