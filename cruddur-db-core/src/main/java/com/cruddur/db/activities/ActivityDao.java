package com.cruddur.db.activities;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.UnknownUserException;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.UtcDataSource;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The queries about activities.
 *
 * <p>Each is one statement on one connection. Time is the database's, unless {@link #withClock}
 * says otherwise. Thread-safe. The caller closes the data source.
 *
 * @since 0.1.0
 */
public final class ActivityDao {

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
    return Connections.call(dataSource, connection -> HomeFeed.read(connection, request, now()));
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
    return Connections.call(dataSource, connection -> Creation.run(connection, activity, now()));
  }

  private @Nullable OffsetDateTime now() {
    return clock == null ? null : clock.instant().atOffset(ZoneOffset.UTC);
  }
}
