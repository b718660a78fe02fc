package com.cruddur.db.users;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.HandleTakenException;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.UnknownUserException;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.internal.CognitoUserId;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.NamedQuery;
import com.cruddur.db.internal.Texts;
import com.cruddur.db.internal.UtcDataSource;
import com.cruddur.db.json.JsonResult;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The queries about users.
 *
 * <p>Thread-safe. The caller closes the data source. Loads neither jOOQ nor anything else that an
 * insert does not need: a Lambda pays for what it loads.
 *
 * @since 0.1.0
 */
public final class UserDao {

  private static final NamedQuery<UserInsert> INSERT = NamedQuery.one("users.insert", "INSERT");
  private static final NamedQuery<Optional<UUID>> FIND_BY_HANDLE =
      NamedQuery.optional("users.find_by_handle");
  private static final NamedQuery<Optional<UUID>> FIND_BY_COGNITO_ID =
      NamedQuery.optional("users.find_by_cognito_id");
  private static final NamedQuery<Optional<String>> SHORT_PROFILE =
      NamedQuery.optional("users.short");
  private static final NamedQuery<Optional<UserProfile>> PROFILE =
      NamedQuery.optional("users.profile");
  private static final NamedQuery<Optional<UserPage>> PAGE =
      new NamedQuery<>("users.page", "SELECT", page -> page.map(UserPage::rows).orElse(0));
  private static final NamedQuery<Optional<UserActivities>> PAGE_ACTIVITIES =
      new NamedQuery<>(
          "users.page", "SELECT", page -> page.map(found -> found.activities().size()).orElse(0));
  private static final NamedQuery<String> UPDATE_PROFILE =
      NamedQuery.one("users.update_profile", "UPDATE");

  private final DataSource dataSource;
  private final @Nullable Clock clock;

  private UserDao(DataSource dataSource, @Nullable Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * Returns the queries about users of the database that the data source connects to. Does not
   * connect.
   *
   * @param dataSource usually a pool; connects as a user with the rights of {@code cruddur_app}
   * @return the queries
   */
  public static UserDao of(DataSource dataSource) {
    return new UserDao(UtcDataSource.of(dataSource), null);
  }

  /**
   * Returns the same queries with another time than the database's, as tests want it.
   *
   * @param clock tells the time that expiry is reckoned by
   * @return a copy of this object
   */
  public UserDao withClock(Clock clock) {
    return new UserDao(dataSource, Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Inserts a user, unless one with this Cognito user id exists: then nothing is changed and that
   * user is the answer. Right also when two calls race. One round trip for a new user, and one more
   * to find another.
   *
   * @param user whom to insert
   * @return the user's id, and whether this call inserted the user
   * @throws HandleTakenException if another user has the handle
   * @throws CruddurDbException if the statement fails
   */
  public UserInsert insert(NewUser user) {
    Objects.requireNonNull(user, "user");
    return Connections.call(dataSource, INSERT, connection -> UserInsertion.run(connection, user));
  }

  /**
   * Returns the id of the user with a handle.
   *
   * @param handle without {@code @}, in any case
   * @return the user's uuid, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UUID> findByHandle(@Nullable String handle) {
    String present = requiredHandle(handle);
    return Connections.call(
        dataSource, FIND_BY_HANDLE, connection -> UserLookup.uuidByHandle(connection, present));
  }

  /**
   * Returns the id of the user with a Cognito user id.
   *
   * @param cognitoUserId the {@code sub} of the user in Cognito
   * @return the user's uuid, or nothing if there is no such user
   * @throws InvalidInputException with code {@code cognito_user_id_blank} if the id is blank or the
   *     placeholder {@code MOCK}
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UUID> findByCognitoId(@Nullable String cognitoUserId) {
    String present = CognitoUserId.required(cognitoUserId);
    return Connections.call(
        dataSource,
        FIND_BY_COGNITO_ID,
        connection -> UserLookup.uuidByCognitoUserId(connection, present));
  }

  /**
   * Returns a user in short, as JSON: an object of uuid, handle and display_name.
   *
   * @param handle without {@code @}, in any case
   * @return the JSON, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<String> shortProfile(@Nullable String handle) {
    String present = requiredHandle(handle);
    return Connections.call(
        dataSource, SHORT_PROFILE, connection -> UserLookup.shortProfile(connection, present));
  }

  /**
   * Returns what others see of a user, for Java.
   *
   * @param handle without {@code @}, in any case
   * @return the profile, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UserProfile> profile(@Nullable String handle) {
    String present = requiredHandle(handle);
    return Connections.call(
        dataSource, PROFILE, connection -> UserLookup.profile(connection, present));
  }

  /**
   * Returns the first page of a user: the profile and the newest activities.
   *
   * @param handle without {@code @}, in any case
   * @return the page, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UserPage> page(@Nullable String handle) {
    return readPage(handle, null);
  }

  /**
   * Returns a later page of a user. Pages do not skip or repeat an activity while others are being
   * created. Replies and what has expired are left out, here and in cruds_count.
   *
   * @param handle without {@code @}, in any case
   * @param after from {@link UserPage#next()} of the page before
   * @return the page, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UserPage> page(@Nullable String handle, FeedCursor after) {
    return readPage(handle, Objects.requireNonNull(after, "after"));
  }

  /**
   * Returns the first page of a user as {@link #page(String)} does, for Java.
   *
   * @param handle without {@code @}, in any case
   * @return the page, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UserActivities> pageActivities(@Nullable String handle) {
    return readActivities(handle, null);
  }

  /**
   * Returns a later page of a user as {@link #page(String, FeedCursor)} does, for Java.
   *
   * @param handle without {@code @}, in any case
   * @param after from {@link UserActivities#next()} of the page before
   * @return the page, or nothing if there is no such user
   * @throws InvalidInputException with code {@code blank_user_handle} if the handle is blank
   * @throws CruddurDbException if the statement fails
   */
  public Optional<UserActivities> pageActivities(@Nullable String handle, FeedCursor after) {
    return readActivities(handle, Objects.requireNonNull(after, "after"));
  }

  private Optional<UserActivities> readActivities(
      @Nullable String handle, @Nullable FeedCursor after) {
    String present = requiredHandle(handle);
    return Connections.call(
        dataSource,
        PAGE_ACTIVITIES,
        connection -> PlainUserPaging.read(connection, present, after, now()));
  }

  private Optional<UserPage> readPage(@Nullable String handle, @Nullable FeedCursor after) {
    String present = requiredHandle(handle);
    return Connections.call(
        dataSource, PAGE, connection -> UserPaging.read(connection, present, after, now()));
  }

  /**
   * Changes what a user says about themself. One round trip.
   *
   * @param cognitoUserId the {@code sub} of the user in Cognito
   * @param displayName the name that is shown
   * @param bio a text of any length, or null for none
   * @return the user as JSON: an object of uuid, handle, display_name and bio
   * @throws InvalidInputException with code {@code cognito_user_id_blank} (also for the placeholder
   *     {@code MOCK}) or {@code display_name_blank}
   * @throws UnknownUserException if there is no such user
   * @throws CruddurDbException if the statement fails
   */
  public String updateProfile(
      @Nullable String cognitoUserId, @Nullable String displayName, @Nullable String bio) {
    String id = CognitoUserId.required(cognitoUserId);
    String name = Texts.required(displayName, "display_name_blank", "display name");
    String text = bio == null ? null : Texts.storable(bio, "bio_invalid", "bio");
    return Connections.call(
        dataSource, UPDATE_PROFILE, connection -> UserLookup.update(connection, id, name, text));
  }

  /**
   * Returns the two users of a message as JSON: an array of objects with the keys uuid,
   * display_name, handle and kind, which is {@code sender} or {@code recv}. A message to oneself
   * gives both.
   *
   * @param cognitoUserId the {@code sub} of the sender in Cognito
   * @param receiverHandle without {@code @}, in any case
   * @return the sender, then the receiver; who does not exist is left out
   * @throws InvalidInputException with code {@code cognito_user_id_blank} or {@code
   *     blank_user_handle}
   * @throws CruddurDbException if the statement fails
   */
  public JsonResult<String> messageUsers(
      @Nullable String cognitoUserId, @Nullable String receiverHandle) {
    String id = CognitoUserId.required(cognitoUserId);
    String handle = requiredHandle(receiverHandle);
    return Connections.call(
        dataSource,
        UserLookup.CORRESPONDENTS,
        connection -> UserLookup.messageUsers(connection, id, handle));
  }

  private static String requiredHandle(@Nullable String handle) {
    return Texts.required(handle, "blank_user_handle", "handle");
  }

  private @Nullable OffsetDateTime now() {
    return clock == null ? null : clock.instant().atOffset(ZoneOffset.UTC);
  }
}
