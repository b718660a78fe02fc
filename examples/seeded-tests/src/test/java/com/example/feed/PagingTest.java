package com.example.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.testkit.BaseSeed;
import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedData;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@CruddurTest(seed = {BaseSeed.class, BusyFeed.class})
class PagingTest {

  static IntStream pageSizes() {
    return IntStream.rangeClosed(11, 60);
  }

  @ParameterizedTest
  @MethodSource("pageSizes")
  void showsEachActivityOnce(int size, CruddurDb db, SeedData seed) {
    seed.bayko().activity("one more");
    FeedPage page = db.activities().home(FeedRequest.first(size));
    int rows = page.rows();
    while (page.next().isPresent()) {
      page = db.activities().home(FeedRequest.first(size).after(page.next().get()));
      rows += page.rows();
    }
    assertEquals(62, rows);
  }
}
