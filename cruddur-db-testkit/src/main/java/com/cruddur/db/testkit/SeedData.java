package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;

import com.cruddur.db.CruddurQueries;
import com.cruddur.db.users.NewUser;
import com.cruddur.db.users.UserDao;
import java.util.UUID;

/**
 * The rows that a test begins with: those of {@link BaseSeed}, and what the test adds here.
 *
 * <p>As thread-safe as what it was made of.
 *
 * @since 0.1.0
 */
public final class SeedData {

  private final CruddurQueries db;

  private SeedData(CruddurQueries db) {
    this.db = db;
  }

  /**
   * Returns the seed of a database that was seeded with {@link BaseSeed}.
   *
   * @param db the database; the caller closes it
   * @return the seed
   */
  public static SeedData of(CruddurQueries db) {
    return new SeedData(db);
  }

  /**
   * Returns Andrew Brown, handle {@code andrewbrown}.
   *
   * @return a user without a Cognito user id of his own
   */
  public SeedUser andrew() {
    return existing("andrewbrown");
  }

  /**
   * Returns Andrew Bayko, handle {@code bayko}.
   *
   * @return a user without a Cognito user id of his own
   */
  public SeedUser bayko() {
    return existing("bayko");
  }

  /**
   * Returns the seed's activity, which is Andrew Brown's.
   *
   * @return its uuid
   */
  public UUID firstActivity() {
    return db.dsl()
        .select(ACTIVITIES.UUID)
        .from(ACTIVITIES)
        .where(ACTIVITIES.USER_UUID.eq(andrew().uuid()))
        .orderBy(ACTIVITIES.CREATED_AT)
        .limit(1)
        .fetchSingle(ACTIVITIES.UUID);
  }

  /**
   * Inserts a user, with a Cognito user id of its own and the handle as display name.
   *
   * @param handle of the user; none of this database may have it
   * @return the user
   */
  public SeedUser user(String handle) {
    UserDao users = db.users();
    String cognitoUserId = "cognito-" + handle;
    UUID uuid = users.insert(NewUser.of(cognitoUserId, handle, handle, null)).uuid();
    return new SeedUser(db, uuid, handle, cognitoUserId);
  }

  private SeedUser existing(String handle) {
    return db.dsl()
        .selectFrom(USERS)
        .where(USERS.HANDLE.eq(handle))
        .fetchSingle(row -> new SeedUser(db, row.getUuid(), handle, row.getCognitoUserId()));
  }
}
