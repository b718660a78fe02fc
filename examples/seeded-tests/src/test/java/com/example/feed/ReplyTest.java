package com.example.feed;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.NewReply;
import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.SeedActivity;
import com.cruddur.db.testkit.SeedData;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

@CruddurTest
class ReplyTest {

  @RepeatedTest(50)
  void isCountedAndLeavesTheFeedAlone(CruddurDb db, SeedData seed) {
    SeedActivity first = seed.firstActivity();
    UUID bayko = seed.bayko().uuid();
    db.transaction(tx -> tx.activities().reply(NewReply.of(bayko, first.uuid(), "well done")));
    assertThat(db).hasReplies(first, "well done").hasFeed("This was imported as seed data!");
    assertTrue(db.activities().show(first.uuid()).orElseThrow().contains("\"replies_count\":1"));
  }
}
