package com.cruddur.db.testkit;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@CruddurTest(seed = {})
class CruddurAssertionsTest {

  @Test
  void passWhereTheRowsAreThose(CruddurDb db, SeedData seed) {
    assertThat(db).hasUsers().hasActivities().hasFeed();
    // @start region="assertions"
    SeedUser alice = seed.user("alice");
    SeedActivity hello = alice.activity("hello");
    hello.reply("one").activity("bye").expiredActivity("old");
    hello.reply(seed.user("bob"), "two");
    assertThat(db)
        .hasUsers("alice", "bob")
        .hasActivities("hello", "bye", "old")
        .hasActivitiesOf(alice, "hello", "bye", "old")
        .hasReplies(hello, "one", "two")
        .hasFeed("bye", "hello");
    // @end
    DatabaseAssert inTransaction = db.transaction(tx -> assertThat(tx).hasUsers("alice", "bob"));
    assertThat(inTransaction).isNotNull();
  }

  @Test
  void showWhatDiffersRowByRow(CruddurDb db, SeedData seed) {
    SeedUser alice = seed.user("alice");
    alice.activity("one").activity("two").activity("two").activity("three");
    assertMessage(
        () -> assertThat(db).hasActivities("three", "one", "two", "four"),
        """
        Expected 4 activities and found 4 (- is missing, + was not expected):
            one
            two
          + two
            three
          - four\
        """);
    assertMessage(
        () -> assertThat(db).hasFeed("three", "two", "one"),
        """
        Expected 3 activities of the feed and found 4 (- is missing, + was not expected):
            three
            two
          + two
            one\
        """);
    assertMessage(
        () -> assertThat(db).hasFeed("one", "three", "two", "two"),
        """
        Expected 4 activities of the feed and found 4 (- is missing, + was not expected):
          - one
            three
            two
            two
          + one\
        """);
    assertMessage(
        () -> assertThat(db).hasUsers("bob"),
        """
        Expected 1 users and found 1 (- is missing, + was not expected):
          + alice
          - bob\
        """);
    assertMessage(
        () -> assertThat(db).hasActivitiesOf(seed.user("bob"), "one"),
        """
        Expected 1 activities of @bob and found 0 (- is missing, + was not expected):
          - one\
        """);
    assertMessage(
        () -> assertThat(db).hasReplies(alice.activity("new").reply("reply"), "reply"),
        """
        Expected 1 replies and found 0 (- is missing, + was not expected):
          - reply\
        """);
  }

  private static void assertMessage(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
  }
}
