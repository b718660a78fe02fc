package com.cruddur.db.activities;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.UnknownActivityException;
import com.cruddur.db.UnknownUserException;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.NamedQuery;
import com.cruddur.db.internal.UtcDataSource;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The queries about activities.
 *
 * <p>Each is one statement, or one transaction, on one connection. Time is the database's, unless
 * {@link #withClock} says otherwise. Thread-safe. The caller closes the data source.
 *
 * @since 0.1.0
 */
public final class ActivityDao {

  private static final int MAX_BATCH = 10_000;

  private static final NamedQuery<FeedPage> HOME =
      new NamedQuery<>("activities.home", "SELECT", FeedPage::rows);
  private static final NamedQuery<CreatedActivity> CREATE =
      NamedQuery.one("activities.create", "INSERT");
  private static final NamedQuery<CreatedActivity> REPLY =
      NamedQuery.one("activities.reply", "INSERT");
  private static final NamedQuery<Optional<String>> SHOW = NamedQuery.optional("activities.show");
  private static final NamedQuery<SearchPage> SEARCH =
      new NamedQuery<>("activities.search", "SELECT", SearchPage::rows);
  private static final NamedQuery<ActivityPage<FeedCursor>> HOME_ACTIVITIES =
      new NamedQuery<>("activities.home", "SELECT", page -> page.activities().size());
  private static final NamedQuery<Optional<Activity>> FIND = NamedQuery.optional("activities.find");
  private static final NamedQuery<Optional<ShownActivity>> SHOW_ACTIVITY =
      NamedQuery.optional("activities.show");
  private static final NamedQuery<ActivityPage<SearchCursor>> SEARCH_ACTIVITIES =
      new NamedQuery<>("activities.search", "SELECT", page -> page.activities().size());
  private static final NamedQuery<Integer> DELETE_EXPIRED =
      new NamedQuery<>("activities.delete_expired", "DELETE", Integer::longValue);

  private final DataSource dataSource;
  private final @Nullable Clock clock;

  private ActivityDao(DataSource dataSource, @Nullable Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /**
   * Returns the queries about activities of the database that the data source connects to. Does not
   * connect.
   *
   * @param dataSource usually a pool; connects as a user with the rights of {@code cruddur_app}
   * @return the queries, with the database's time
   */
  public static ActivityDao of(DataSource dataSource) {
    return new ActivityDao(UtcDataSource.of(dataSource), null);
  }

  /**
   * Returns the same queries with another time than the database's, as tests want it.
   *
   * @param clock tells the time that created_at and expiry are reckoned by
   * @return a copy of this object
   */
  public ActivityDao withClock(Clock clock) {
    return new ActivityDao(dataSource, Objects.requireNonNull(clock, "clock"));
  }

  /**
   * Returns a page of the home feed: activities of all users, newest first. Pages do not skip or
   * repeat an activity while others are being created.
   *
   * @param request which page, and whether with expired activities and replies
   * @return the page, as bytes that PostgreSQL wrote
   * @throws CruddurDbException if the statement fails
   */
  public FeedPage home(FeedRequest request) {
    Objects.requireNonNull(request, "request");
    return Connections.call(
        dataSource, HOME, connection -> HomeFeed.read(connection, request, now()));
  }

  /**
   * Returns a page of the home feed as {@link #home} does, for Java.
   *
   * @param request which page, and whether with expired activities and replies
   * @return the page, as records
   * @throws CruddurDbException if the statement fails
   */
  public ActivityPage<FeedCursor> homeActivities(FeedRequest request) {
    Objects.requireNonNull(request, "request");
    return Connections.call(
        dataSource, HOME_ACTIVITIES, connection -> HomeFeed.readPlain(connection, request, now()));
  }

  /**
   * Creates an activity. One round trip.
   *
   * @param activity what to create
   * @return its id, and its JSON
   * @throws UnknownUserException if there is no user with the Cognito user id or the uuid
   * @throws CruddurDbException if the statement fails
   */
  public CreatedActivity create(NewActivity activity) {
    Objects.requireNonNull(activity, "activity");
    return Connections.call(
        dataSource, CREATE, connection -> Creation.run(connection, activity, now()));
  }

  /**
   * Creates a reply to an activity, or to a reply. One round trip; the replies_count of what is
   * replied to rises with it.
   *
   * @param reply what to create
   * @return its id, and its JSON; expires_at is null, since a reply lives as long as the first
   *     activity above it
   * @throws UnknownUserException if there is no user with the Cognito user id or the uuid
   * @throws UnknownActivityException if there is nothing to reply to, or it has expired
   * @throws CruddurDbException if the statement fails
   */
  public CreatedActivity reply(NewReply reply) {
    Objects.requireNonNull(reply, "reply");
    return Connections.call(
        dataSource, REPLY, connection -> Replying.run(connection, reply, now()));
  }

  /**
   * Returns an activity with its direct replies, in the order of time. The JSON is an object:
   * activity with the keys uuid, display_name, handle, message, replies_count, reposts_count,
   * likes_count, expires_at and created_at; replies, an array of objects with the same keys but
   * reply_to_activity_uuid in the place of expires_at.
   *
   * @param uuid the activity, or reply
   * @return the JSON, or nothing if there is no such activity or it has expired
   * @throws InvalidInputException with code {@code activity_uuid_blank} if the uuid is null
   * @throws CruddurDbException if the statement fails
   */
  public Optional<String> show(@Nullable UUID uuid) {
    UUID present = required(uuid);
    return Connections.call(
        dataSource, SHOW, connection -> Showing.read(connection, present, now()));
  }

  /**
   * Returns an activity with its direct replies as {@link #show} does, for Java.
   *
   * @param uuid the activity, or reply
   * @return the records, or nothing if there is no such activity or it has expired
   * @throws InvalidInputException with code {@code activity_uuid_blank} if the uuid is null
   * @throws CruddurDbException if the statement fails
   */
  public Optional<ShownActivity> showActivity(@Nullable UUID uuid) {
    UUID present = required(uuid);
    return Connections.call(
        dataSource,
        SHOW_ACTIVITY,
        connection -> Showing.readPlainWithReplies(connection, present, now()));
  }

  /**
   * Returns an activity or a reply, for Java.
   *
   * @param uuid the activity, or reply
   * @return the record, or nothing if there is no such activity or it has expired
   * @throws InvalidInputException with code {@code activity_uuid_blank} if the uuid is null
   * @throws CruddurDbException if the statement fails
   */
  public Optional<Activity> find(@Nullable UUID uuid) {
    UUID present = required(uuid);
    return Connections.call(
        dataSource, FIND, connection -> Showing.readPlain(connection, present, now()));
  }

  /**
   * Returns a page of the activities that contain all words of a term, best first: those that
   * contain them often and close together, then the newest. Replies are left out. Of more than a
   * thousand that match, the newest thousand come first, then the thousand before them, each
   * thousand best first; a page that ends one may have less than its limit and a page after it.
   *
   * @param request which page of which search
   * @return the page, as bytes that PostgreSQL wrote
   * @throws CruddurDbException if the statement fails
   */
  public SearchPage search(SearchRequest request) {
    Objects.requireNonNull(request, "request");
    return Connections.call(
        dataSource, SEARCH, connection -> Search.read(connection, request, now()));
  }

  /**
   * Returns a page of a search as {@link #search} does, for Java.
   *
   * @param request which page of which search
   * @return the page, as records
   * @throws CruddurDbException if the statement fails
   */
  public ActivityPage<SearchCursor> searchActivities(SearchRequest request) {
    Objects.requireNonNull(request, "request");
    return Connections.call(
        dataSource, SEARCH_ACTIVITIES, connection -> Search.readPlain(connection, request, now()));
  }

  /**
   * Deletes a batch of the activities that have expired, oldest first, with their replies. Any
   * number of workers may do so at once; none waits for another. One transaction.
   *
   * <p>An activity with more replies than fit into the batch goes in a later one. So call this
   * until it answers 0.
   *
   * @param batchSize how many activities and replies to delete at the most, 1 to 10000
   * @return how many were deleted; 0 if nothing has expired, or others have locked what has
   * @throws IllegalArgumentException if the size is out of bounds
   * @throws CruddurDbException if a statement fails
   */
  public int deleteExpired(int batchSize) {
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw new IllegalArgumentException(
          "A batch has 1 to " + MAX_BATCH + " activities, not " + batchSize + ".");
    }
    return Connections.inTransaction(
        dataSource, DELETE_EXPIRED, connection -> Expiry.run(connection, batchSize, now()));
  }

  private static UUID required(@Nullable UUID uuid) {
    if (uuid == null) {
      throw new InvalidInputException(
          "activity_uuid_blank", "The uuid of the activity is missing.");
    }
    return uuid;
  }

  private @Nullable OffsetDateTime now() {
    return clock == null ? null : clock.instant().atOffset(ZoneOffset.UTC);
  }
}
