package com.cruddur.db.users;

import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.JsonPage;
import com.cruddur.db.internal.Timestamps;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement of a user's page: a row with the profile, then one for each activity. */
final class UserPaging {

  static final int LIMIT = 40;

  private static final JsonObjectSql PROFILE =
      new JsonObjectSql()
          .uuid("uuid", "u.uuid")
          .text("cognito_user_uuid", "u.cognito_user_id")
          .text("handle", "u.handle")
          .text("display_name", "u.display_name")
          .text("bio", "u.bio")
          .integer("cruds_count", "u.cruds_count");

  private static final JsonObjectSql ACTIVITY =
      new JsonObjectSql()
          .uuid("uuid", "a.uuid")
          .text("display_name", "a.display_name")
          .text("handle", "a.handle")
          .text("message", "a.message")
          .timestamp("created_at", "a.created_at")
          .timestamp("expires_at", "a.expires_at");

  private static final String VISIBLE =
      """
      a.user_uuid = owner.uuid AND a.reply_to_activity_uuid IS NULL
        AND (a.expires_at IS NULL OR a.expires_at > (SELECT now FROM moment))""";

  /** The user as {@code counted}, for the time and the handle. */
  static final String OWNER =
      """
      WITH moment AS (SELECT coalesce(?::timestamptz, current_timestamp) AS now),
      owner AS (SELECT * FROM public.users WHERE lower(handle) = lower(?)),
      counted AS (
        SELECT owner.*, (SELECT count(*) FROM public.activities a WHERE %s) AS cruds_count
        FROM owner)
      """
          .formatted(VISIBLE);

  /** The newest activities of an {@code owner}, with a condition on the place in {@code %s}. */
  static final String NEWEST =
      """
      (SELECT a.* FROM public.activities a
       WHERE %s AND %%s
       ORDER BY a.created_at DESC, a.uuid DESC
       LIMIT %d)"""
          .formatted(VISIBLE, LIMIT + 1);

  /** Holds for what comes after a cursor. */
  static final String PLACE = "(a.created_at, a.uuid) < (?::timestamptz, ?::uuid)";

  private static final String STATEMENT =
      """
      %s,
      page AS (
        SELECT a.*, owner.display_name, owner.handle FROM owner CROSS JOIN LATERAL %s a)
      SELECT 1 AS part, %s AS json, NULL::timestamptz AS created_at, NULL::uuid AS uuid
      FROM counted u
      UNION ALL
      SELECT 2, %s, a.created_at, a.uuid FROM page a
      ORDER BY part, created_at DESC, uuid DESC
      """
          .formatted(OWNER, NEWEST, PROFILE, ACTIVITY);

  private static final String FIRST = STATEMENT.formatted("true");
  private static final String AFTER = STATEMENT.formatted(PLACE);

  private UserPaging() {}

  static Optional<UserPage> read(
      Connection connection,
      String handle,
      @Nullable FeedCursor after,
      @Nullable OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(after == null ? FIRST : AFTER)) {
      bind(statement, handle, after, now);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(page(rows)) : Optional.empty();
      }
    }
  }

  static void bind(
      PreparedStatement statement,
      String handle,
      @Nullable FeedCursor after,
      @Nullable OffsetDateTime now)
      throws SQLException {
    statement.setObject(1, now);
    statement.setString(2, handle);
    if (after != null) {
      statement.setObject(3, Timestamps.parameter(after.createdAt()));
      statement.setObject(4, after.uuid());
    }
  }

  private static UserPage page(ResultSet rows) throws SQLException {
    String profile = rows.getString(2);
    JsonPage<FeedCursor> page = JsonPage.read(rows, 2, LIMIT, UserPaging::cursor);
    String activities = new String(page.json(), StandardCharsets.UTF_8);
    String json = "{\"profile\":" + profile + ",\"activities\":" + activities + "}";
    return new UserPage(json, page.rows(), page.next());
  }

  static FeedCursor cursor(ResultSet row) throws SQLException {
    return FeedCursor.after(Timestamps.read(row, "created_at"), row.getObject("uuid", UUID.class));
  }
}
