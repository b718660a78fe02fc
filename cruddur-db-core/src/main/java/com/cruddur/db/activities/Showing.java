package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonObjectSql;
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

/** The statement that shows one activity with its direct replies. */
final class Showing {

  private static final JsonObjectSql ACTIVITY =
      counted().timestamp("expires_at", "a.expires_at").timestamp("created_at", "a.created_at");
  private static final JsonObjectSql REPLY =
      counted()
          .nullableUuid("reply_to_activity_uuid", "a.reply_to_activity_uuid")
          .timestamp("created_at", "a.created_at");

  private static final String FOUND =
      "FROM public.activities a %s WHERE a.uuid = ? AND %s AND %s"
          .formatted(ActivitySql.AUTHOR, ActivitySql.ALIVE, ActivitySql.ALIVE_ABOVE);

  private static final String STATEMENT =
      """
      WITH %s
      SELECT '{"activity":' || %s || ',"replies":[' || coalesce((
          SELECT string_agg(reply.json, ',')
          FROM (
            SELECT %s AS json
            FROM public.activities a %s
            WHERE a.reply_to_activity_uuid = ? AND %s
            ORDER BY a.created_at, a.uuid) reply), '') || ']}'
      %s
      """
          .formatted(
              ActivitySql.MOMENT, ACTIVITY, REPLY, ActivitySql.AUTHOR, ActivitySql.ALIVE, FOUND);

  private static final String PLAIN =
      "WITH %s SELECT %s %s".formatted(ActivitySql.MOMENT, ActivityColumns.COLUMNS, FOUND);

  private static final String PLAIN_WITH_REPLIES =
      """
      WITH %s
      SELECT %s, 1 AS part %s
      UNION ALL
      SELECT %s, 2
      FROM public.activities a %s
      WHERE a.reply_to_activity_uuid = ? AND %s
      ORDER BY part, created_at, uuid
      """
          .formatted(
              ActivitySql.MOMENT,
              ActivityColumns.COLUMNS,
              FOUND,
              ActivityColumns.COLUMNS,
              ActivitySql.AUTHOR,
              ActivitySql.ALIVE);

  private Showing() {}

  private static JsonObjectSql counted() {
    return new JsonObjectSql()
        .uuid("uuid", "a.uuid")
        .text("display_name", "u.display_name")
        .text("handle", "u.handle")
        .text("message", "a.message")
        .integer("replies_count", "a.replies_count")
        .integer("reposts_count", "a.reposts_count")
        .integer("likes_count", "a.likes_count");
  }

  static Optional<String> read(Connection connection, UUID uuid, @Nullable OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATEMENT)) {
      statement.setObject(1, now);
      statement.setObject(2, uuid);
      statement.setObject(3, uuid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  static Optional<Activity> readPlain(
      Connection connection, UUID uuid, @Nullable OffsetDateTime now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PLAIN)) {
      statement.setObject(1, now);
      statement.setObject(2, uuid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(ActivityColumns.activity(row)) : Optional.empty();
      }
    }
  }

  static Optional<ShownActivity> readPlainWithReplies(
      Connection connection, UUID uuid, @Nullable OffsetDateTime now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PLAIN_WITH_REPLIES)) {
      statement.setObject(1, now);
      statement.setObject(2, uuid);
      statement.setObject(3, uuid);
      try (ResultSet rows = statement.executeQuery()) {
        return shown(rows);
      }
    }
  }

  /** Replies alone are those of an activity that has expired. */
  private static Optional<ShownActivity> shown(ResultSet rows) throws SQLException {
    if (!rows.next() || rows.getInt("part") != 1) {
      return Optional.empty();
    }
    Activity activity = ActivityColumns.activity(rows);
    List<Activity> replies = new ArrayList<>();
    while (rows.next()) {
      replies.add(ActivityColumns.activity(rows));
    }
    return Optional.of(new ShownActivity(activity, replies));
  }
}
