package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;

import com.cruddur.db.CruddurQueries;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.impl.DSL;

/**
 * A user of a test's database, and what the test lets the user have posted.
 *
 * @since 0.1.0
 */
public final class SeedUser {

  private final CruddurQueries db;
  private final UUID uuid;
  private final String handle;
  private final String cognitoUserId;

  SeedUser(CruddurQueries db, UUID uuid, String handle, String cognitoUserId) {
    this.db = db;
    this.uuid = uuid;
    this.handle = handle;
    this.cognitoUserId = cognitoUserId;
  }

  /**
   * Returns the user's id in the database.
   *
   * @return the uuid
   */
  public UUID uuid() {
    return uuid;
  }

  /**
   * Returns the user's handle.
   *
   * @return the handle, without {@code @}
   */
  public String handle() {
    return handle;
  }

  /**
   * Returns the user's id in Cognito.
   *
   * @return an id of the user's own, or {@code MOCK} for the users of {@link BaseSeed}
   */
  public String cognitoUserId() {
    return cognitoUserId;
  }

  /**
   * Lets the user post an activity that lives for a day.
   *
   * @param message what it says
   * @return this user
   */
  public SeedUser activity(String message) {
    return activity(message, Ttl.ONE_DAY);
  }

  /**
   * Lets the user post an activity.
   *
   * @param message what it says
   * @param ttl how long it lives
   * @return this user
   */
  public SeedUser activity(String message, Ttl ttl) {
    db.activities().create(NewActivity.of(uuid, message, ttl));
    return this;
  }

  /**
   * Lets the user have posted an activity two days ago that expired yesterday.
   *
   * @param message what it says
   * @return this user
   */
  public SeedUser expiredActivity(String message) {
    OffsetDateTime now = db.dsl().fetchValue(DSL.currentOffsetDateTime());
    db.dsl()
        .insertInto(ACTIVITIES)
        .set(ACTIVITIES.USER_UUID, uuid)
        .set(ACTIVITIES.MESSAGE, message)
        .set(ACTIVITIES.CREATED_AT, now.minusDays(2))
        .set(ACTIVITIES.EXPIRES_AT, now.minusDays(1))
        .execute();
    return this;
  }
}
