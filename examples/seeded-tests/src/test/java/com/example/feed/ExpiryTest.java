package com.example.feed;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.TestClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@CruddurTest(seed = {})
class ExpiryTest {

  static IntStream numbers() {
    return IntStream.rangeClosed(1, 50);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void deletesWhatHasExpired(int number, CruddurDb db, SeedData seed, TestClock clock) {
    Ttl ttl = Ttl.values()[number % Ttl.values().length];
    seed.user("alice").activity("hello " + number, ttl);
    clock.advance(ttl.duration().minus(Duration.ofSeconds(1)));
    assertEquals(0, db.activities().deleteExpired(100));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(1, db.activities().deleteExpired(100));
    assertThat(db).hasActivities().hasUsers("alice");
  }
}
