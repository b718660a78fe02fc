package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import org.junit.jupiter.api.Test;

// The README shows this test.
// @start region="test"
@CruddurTest
class HomeFeedTest {
  @Test
  void hidesExpired(CruddurDb db, SeedData seed) {
    seed.user("alice").activity("new").expiredActivity("old");
    assertThat(db.activities().home(FeedRequest.first(20)).jsonText())
        .contains("new")
        .doesNotContain("old");
  }
}
// @end
