package com.example.feed;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedUser;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@CruddurTest(seed = {})
class HomeFeedTest {

  static IntStream numbers() {
    return IntStream.rangeClosed(1, 50);
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void hidesWhatHasExpired(int number, CruddurDb db, SeedData seed) {
    SeedUser alice = seed.user("alice");
    alice.expiredActivity("old").activity("new " + number);
    assertThat(db).hasFeed("new " + number).hasActivities("old", "new " + number);
  }
}
