package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;

import com.cruddur.db.CruddurQueries;
import com.cruddur.db.HandleTakenException;
import com.cruddur.db.users.NewUser;
import java.util.UUID;

/**
 * The rows that a test begins with: those of its seed sets, and what the test adds here.
 *
 * {@snippet class="com.cruddur.db.testkit.SeedDataTest" region="builders"}
 *
 * <p>Each call is a statement of its own, so rows are the newer the later they are added. Inside a
 * transaction the database's time stands still. As thread-safe as what it was made of.
 *
 * @since 0.1.0
 */
public final class SeedData {

  private final CruddurQueries db;

  private SeedData(CruddurQueries db) {
    this.db = db;
  }

  /**
   * Returns the seed of a migrated database.
   *
   * @param db the database; the caller closes it
   * @return the seed
   */
  public static SeedData of(CruddurQueries db) {
    return new SeedData(db);
  }

  /**
   * Returns the database, for rows that have no method here.
   *
   * @return what this object was made of
   */
  public CruddurQueries db() {
    return db;
  }

  /**
   * Returns Andrew Brown, handle {@code andrewbrown}.
   *
   * @return a user without a Cognito user id of his own
   * @throws IllegalStateException if the database was not seeded with {@link BaseSeed}
   */
  public SeedUser andrew() {
    return ofBaseSeed(BaseSeed.ANDREW);
  }

  /**
   * Returns Andrew Bayko, handle {@code bayko}.
   *
   * @return a user without a Cognito user id of his own
   * @throws IllegalStateException if the database was not seeded with {@link BaseSeed}
   */
  public SeedUser bayko() {
    return ofBaseSeed(BaseSeed.BAYKO);
  }

  /**
   * Returns the activity of {@link BaseSeed}, which is Andrew Brown's and expires 10 days after it
   * was made.
   *
   * @return the oldest activity of his
   * @throws IllegalStateException if the database was not seeded with {@link BaseSeed}, or the
   *     activity was deleted
   */
  public SeedActivity firstActivity() {
    SeedUser andrew = andrew();
    UUID first =
        db.dsl()
            .select(ACTIVITIES.UUID)
            .from(ACTIVITIES)
            .where(ACTIVITIES.USER_UUID.eq(andrew.uuid()))
            .orderBy(ACTIVITIES.CREATED_AT, ACTIVITIES.UUID)
            .limit(1)
            .fetchOne(ACTIVITIES.UUID);
    if (first == null) {
      throw new IllegalStateException("andrewbrown has no activity: it was deleted.");
    }
    return new SeedActivity(andrew, first);
  }

  /**
   * Returns the user with a handle. One who does not exist is inserted, with a Cognito user id of
   * their own, the handle as display name, and without e-mail and bio.
   *
   * @param handle 1 or more characters, without {@code @}, in any case
   * @return the user
   */
  public SeedUser user(String handle) {
    String cognitoUserId = "cognito-" + handle;
    try {
      UUID uuid = db.users().insert(NewUser.of(cognitoUserId, handle, handle, null)).uuid();
      return new SeedUser(db, uuid, handle, cognitoUserId);
    } catch (HandleTakenException exists) {
      return existing(handle);
    }
  }

  private SeedUser ofBaseSeed(String handle) {
    if (!db.dsl().fetchExists(USERS, USERS.HANDLE.eq(handle))) {
      throw new IllegalStateException(
          "There is no user "
              + handle
              + ". Add BaseSeed.class to the seed of the test, or ask for user(…).");
    }
    return existing(handle);
  }

  private SeedUser existing(String handle) {
    return db.dsl()
        .selectFrom(USERS)
        .where(USERS.HANDLE.equalIgnoreCase(handle))
        .fetchSingle(
            row -> new SeedUser(db, row.getUuid(), row.getHandle(), row.getCognitoUserId()));
  }
}
