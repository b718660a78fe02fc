package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;

import com.cruddur.db.CruddurQueries;
import com.cruddur.db.activities.FeedRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.JSONB;
import org.jooq.OrderField;
import org.jooq.impl.DSL;

/**
 * Assertions about the rows of a database. A failure shows row by row what differs: {@code -}
 * before one that is missing, {@code +} before one that was not expected.
 *
 * <p>As thread-safe as the database.
 *
 * @since 0.1.0
 */
public final class DatabaseAssert {

  private final CruddurQueries db;

  DatabaseAssert(CruddurQueries db) {
    this.db = Objects.requireNonNull(db, "db");
  }

  /**
   * Asserts that these are the messages of all activities, in whatever order, expired ones among
   * them and replies not.
   *
   * @param messages each as often as it occurs
   * @return this object
   * @throws AssertionError if they are not
   */
  public DatabaseAssert hasActivities(String... messages) {
    RowDifference.inAnyOrder(messages(ofNoReply()), Arrays.asList(messages))
        .failUnlessEmpty("activities");
    return this;
  }

  /**
   * Asserts that the user has posted activities with these messages, in whatever order, expired
   * ones among them and replies not.
   *
   * @param user who posted them
   * @param messages each as often as it occurs
   * @return this object
   * @throws AssertionError if they are not
   */
  public DatabaseAssert hasActivitiesOf(SeedUser user, String... messages) {
    List<String> actual = messages(ofNoReply().and(ACTIVITIES.USER_UUID.eq(user.uuid())));
    RowDifference.inAnyOrder(actual, Arrays.asList(messages))
        .failUnlessEmpty("activities of " + user);
    return this;
  }

  /**
   * Asserts that these are the messages of the direct replies to an activity, oldest first.
   *
   * @param activity what they reply to
   * @param messages in the order of time
   * @return this object
   * @throws AssertionError if they are not
   */
  public DatabaseAssert hasReplies(SeedActivity activity, String... messages) {
    List<String> actual = messages(ACTIVITIES.REPLY_TO_ACTIVITY_UUID.eq(activity.uuid()));
    RowDifference.inOrder(actual, Arrays.asList(messages)).failUnlessEmpty("replies");
    return this;
  }

  /**
   * Asserts that the home feed shows these messages, newest first: activities that are alive,
   * without replies.
   *
   * @param messages all of them, up to 100
   * @return this object
   * @throws AssertionError if it does not
   */
  public DatabaseAssert hasFeed(String... messages) {
    RowDifference.inOrder(feed(), Arrays.asList(messages))
        .failUnlessEmpty("activities of the feed");
    return this;
  }

  /**
   * Asserts that these are the handles of all users, in whatever order.
   *
   * @param handles without {@code @}
   * @return this object
   * @throws AssertionError if they are not
   */
  public DatabaseAssert hasUsers(String... handles) {
    List<String> actual =
        db.dsl().select(USERS.HANDLE).from(USERS).orderBy(USERS.CREATED_AT).fetch(USERS.HANDLE);
    RowDifference.inAnyOrder(actual, Arrays.asList(handles)).failUnlessEmpty("users");
    return this;
  }

  private static Condition ofNoReply() {
    return ACTIVITIES.REPLY_TO_ACTIVITY_UUID.isNull();
  }

  private List<String> messages(Condition condition) {
    OrderField<?>[] byTime = {ACTIVITIES.CREATED_AT, ACTIVITIES.UUID};
    return db.dsl()
        .select(ACTIVITIES.MESSAGE)
        .from(ACTIVITIES)
        .where(condition)
        .orderBy(byTime)
        .fetch(ACTIVITIES.MESSAGE);
  }

  /** Lets the server read the JSON, so that no parser of it is needed here. */
  private List<String> feed() {
    JSONB page = JSONB.valueOf(db.activities().home(FeedRequest.first(100)).jsonText());
    return db.dsl()
        .fetch(
            "SELECT item ->> 'message' FROM jsonb_array_elements({0}) WITH ORDINALITY"
                + " AS feed(item, place) ORDER BY place",
            DSL.val(page))
        .getValues(0, String.class);
  }
}
