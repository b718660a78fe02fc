package com.cruddur.db.users;

import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.JsonPage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement of a user's page: a row with the profile, then one for each activity. */
final class UserPaging {

  private static final int LIMIT = 40;

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

  private static final String STATEMENT =
      """
      WITH moment AS (SELECT coalesce(?::timestamptz, current_timestamp) AS now),
      owner AS (SELECT * FROM public.users WHERE lower(handle) = lower(?)),
      counted AS (
        SELECT owner.*, (SELECT count(*) FROM public.activities a WHERE %s) AS cruds_count
        FROM owner),
      page AS (
        SELECT a.*, owner.display_name, owner.handle
        FROM owner CROSS JOIN LATERAL (
          SELECT a.uuid, a.message, a.created_at, a.expires_at FROM public.activities a
          WHERE %s AND %%s
          ORDER BY a.created_at DESC, a.uuid DESC
          LIMIT %d) a)
      SELECT 1 AS part, %s AS json, NULL::timestamptz AS created_at, NULL::uuid AS uuid
      FROM counted u
      UNION ALL
      SELECT 2, %s, a.created_at, a.uuid FROM page a
      ORDER BY part, created_at DESC, uuid DESC
      """
          .formatted(VISIBLE, VISIBLE, LIMIT + 1, PROFILE, ACTIVITY);

  private static final String FIRST = STATEMENT.formatted("true");
  private static final String AFTER =
      STATEMENT.formatted("(a.created_at, a.uuid) < (?::timestamptz, ?::uuid)");

  private UserPaging() {}

  static Optional<UserPage> read(
      Connection connection,
      String handle,
      @Nullable FeedCursor after,
      @Nullable OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(after == null ? FIRST : AFTER)) {
      statement.setObject(1, now);
      statement.setString(2, handle);
      if (after != null) {
        statement.setObject(3, after.createdAt().atOffset(ZoneOffset.UTC));
        statement.setObject(4, after.uuid());
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(page(rows)) : Optional.empty();
      }
    }
  }

  private static UserPage page(ResultSet rows) throws SQLException {
    String profile = rows.getString(2);
    JsonPage<FeedCursor> page = JsonPage.read(rows, 2, LIMIT, UserPaging::cursor);
    String activities = new String(page.json(), StandardCharsets.UTF_8);
    String json = "{\"profile\":" + profile + ",\"activities\":" + activities + "}";
    return new UserPage(json, page.rows(), page.next());
  }

  private static FeedCursor cursor(ResultSet row) throws SQLException {
    OffsetDateTime createdAt = row.getObject(3, OffsetDateTime.class);
    return FeedCursor.after(createdAt.toInstant(), row.getObject(4, UUID.class));
  }
}
