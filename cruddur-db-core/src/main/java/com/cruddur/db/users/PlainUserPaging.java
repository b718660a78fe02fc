package com.cruddur.db.users;

import com.cruddur.db.activities.Activity;
import com.cruddur.db.activities.FeedCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement of a user's page for Java: the profile beside each activity, or beside none. */
final class PlainUserPaging {

  private static final String STATEMENT =
      """
      %s
      SELECT owner.uuid AS user_uuid, owner.cognito_user_id, owner.handle, owner.display_name,
        owner.bio, owner.cruds_count, a.uuid, a.message, a.replies_count, a.reposts_count,
        a.likes_count, a.expires_at, a.created_at
      FROM counted owner LEFT JOIN LATERAL %s a ON true
      ORDER BY a.created_at DESC, a.uuid DESC
      """
          .formatted(UserPaging.OWNER, UserPaging.NEWEST);

  private static final String FIRST = STATEMENT.formatted("true");
  private static final String AFTER = STATEMENT.formatted(UserPaging.PLACE);

  private PlainUserPaging() {}

  static Optional<UserActivities> read(
      Connection connection,
      String handle,
      @Nullable FeedCursor after,
      @Nullable OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(after == null ? FIRST : AFTER)) {
      UserPaging.bind(statement, handle, after, now);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(page(rows)) : Optional.empty();
      }
    }
  }

  private static UserActivities page(ResultSet rows) throws SQLException {
    UserProfile profile =
        new UserProfile(
            rows.getObject("user_uuid", UUID.class),
            rows.getString("handle"),
            rows.getString("display_name"),
            rows.getString("bio"));
    String cognitoUserId = rows.getString("cognito_user_id");
    long crudsCount = rows.getLong("cruds_count");
    List<Activity> activities = new ArrayList<>();
    FeedCursor next = readActivities(rows, profile, activities);
    return new UserActivities(profile, cognitoUserId, crudsCount, activities, next);
  }

  /** Reads from the row that the rows are at; returns where the next page begins, or null. */
  private static @Nullable FeedCursor readActivities(
      ResultSet rows, UserProfile author, List<Activity> activities) throws SQLException {
    if (rows.getObject("uuid") == null) {
      return null;
    }
    FeedCursor last = null;
    do {
      if (activities.size() == UserPaging.LIMIT) {
        return last;
      }
      activities.add(activity(rows, author));
      last = activities.size() == UserPaging.LIMIT ? UserPaging.cursor(rows) : null;
    } while (rows.next());
    return null;
  }

  private static Activity activity(ResultSet row, UserProfile author) throws SQLException {
    return new Activity(
        row.getObject("uuid", UUID.class),
        author.displayName(),
        author.handle(),
        row.getString("message"),
        row.getInt("replies_count"),
        row.getInt("reposts_count"),
        row.getInt("likes_count"),
        null,
        row.getObject("expires_at", OffsetDateTime.class),
        row.getObject("created_at", OffsetDateTime.class));
  }
}
