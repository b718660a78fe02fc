package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;

import com.cruddur.db.CruddurQueries;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.schema.tables.records.UsersRecord;
import java.util.UUID;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * A user of a test's database, and what the test lets the user have posted. As thread-safe as what
 * its {@link SeedData} was made of.
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

  CruddurQueries db() {
    return db;
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
   * Gives the user a display name. The default is the handle.
   *
   * @param displayName the name as shown
   * @return this user
   */
  public SeedUser displayName(String displayName) {
    return set(USERS.DISPLAY_NAME, displayName);
  }

  /**
   * Gives the user an e-mail address. The default is none.
   *
   * @param email the address; null for none
   * @return this user
   */
  public SeedUser email(@Nullable String email) {
    return set(USERS.EMAIL, email);
  }

  /**
   * Lets the user say something about themself. The default is nothing.
   *
   * @param bio what the user page shows; null for nothing
   * @return this user
   */
  public SeedUser bio(@Nullable String bio) {
    return set(USERS.BIO, bio);
  }

  /**
   * Lets the user post an activity that lives for a day.
   *
   * @param message what it says; 1 to 280 characters
   * @return the activity
   */
  public SeedActivity activity(String message) {
    return activity(message, Ttl.ONE_DAY);
  }

  /**
   * Lets the user post an activity.
   *
   * @param message what it says; 1 to 280 characters
   * @param ttl how long it lives
   * @return the activity
   */
  public SeedActivity activity(String message, Ttl ttl) {
    return new SeedActivity(
        this, db.activities().create(NewActivity.of(uuid, message, ttl)).uuid());
  }

  /**
   * Lets the user have posted an activity two days before now that expired a day before now.
   *
   * @param message what it says; 1 to 280 characters
   * @return the activity
   */
  public SeedActivity expiredActivity(String message) {
    SeedActivity activity = activity(message);
    db.dsl()
        .update(ACTIVITIES)
        .set(ACTIVITIES.CREATED_AT, ACTIVITIES.CREATED_AT.minus(2))
        .set(ACTIVITIES.EXPIRES_AT, ACTIVITIES.EXPIRES_AT.minus(2))
        .where(ACTIVITIES.UUID.eq(activity.uuid()))
        .execute();
    return activity;
  }

  private <T extends @Nullable Object> SeedUser set(TableField<UsersRecord, T> column, T value) {
    db.dsl().update(USERS).set(column, value).where(USERS.UUID.eq(uuid)).execute();
    return this;
  }

  /** Returns the handle, after {@code @}. */
  @Override
  public String toString() {
    return "@" + handle;
  }
}
