package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.JsonPage;
import com.cruddur.db.internal.Timestamps;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of the home feed, and how their rows become a page. */
final class HomeFeed {

  private static final JsonObjectSql ACTIVITY =
      new JsonObjectSql()
          .uuid("uuid", "a.uuid")
          .text("display_name", "u.display_name")
          .text("handle", "u.handle")
          .text("message", "a.message")
          .integer("replies_count", "a.replies_count")
          .integer("reposts_count", "a.reposts_count")
          .integer("likes_count", "a.likes_count")
          .nullableUuid("reply_to_activity_uuid", "a.reply_to_activity_uuid")
          .timestamp("expires_at", "a.expires_at")
          .timestamp("created_at", "a.created_at");

  private static final String STATEMENT =
      """
      WITH %s
      SELECT %s, a.created_at, a.uuid
      FROM (
        SELECT * FROM (%%s) newest
        ORDER BY created_at DESC, uuid DESC
        LIMIT ?) a
      %s
      ORDER BY a.created_at DESC, a.uuid DESC
      """
          .formatted(ActivitySql.MOMENT, ACTIVITY, ActivitySql.AUTHOR);

  // This limit is for the planner: from a parameter it would guess at a tenth of the table, and
  // sort that. The rows that are read are only as many as the outer limit says.
  private static final String NEWEST =
      "(%%s ORDER BY a.created_at DESC, a.uuid DESC LIMIT %d)".formatted(FeedRequest.MAX_LIMIT + 1);

  private static final String POSTS =
      "SELECT * FROM public.activities a WHERE a.reply_to_activity_uuid IS NULL";
  private static final String REPLIES =
      "SELECT * FROM public.activities a WHERE a.reply_to_activity_uuid IS NOT NULL";
  private static final String AFTER = " AND (a.created_at, a.uuid) < (?::timestamptz, ?::uuid)";

  /** From this version on a value's JSON need not look its type up for every row. */
  private static final int HAS_JSON_SCALAR = 17;

  /** The statements, by what is asked for and by the server; a feed is asked for often. */
  private static final String[] STATEMENTS = new String[16];

  private static final String[] PLAIN = new String[8];

  static {
    for (int variant = 0; variant < 8; variant++) {
      STATEMENTS[variant] =
          STATEMENT.formatted(source((variant & 1) != 0, (variant & 2) != 0, (variant & 4) != 0));
      STATEMENTS[variant + 8] = STATEMENTS[variant].replace("to_json(", "JSON_SCALAR(");
      PLAIN[variant] = ActivityColumns.plain(STATEMENTS[variant], ACTIVITY);
    }
  }

  private HomeFeed() {}

  private static String source(boolean replies, boolean expired, boolean after) {
    String place = after ? AFTER : "";
    String alive = expired ? "" : " AND " + ActivitySql.ALIVE;
    String posts = NEWEST.formatted(POSTS + alive + place);
    if (!replies) {
      return posts;
    }
    String above = expired ? "" : " AND " + ActivitySql.ALIVE_ABOVE;
    return posts + " UNION ALL " + NEWEST.formatted(REPLIES + alive + above + place);
  }

  static FeedPage read(Connection connection, FeedRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    boolean scalar = connection.getMetaData().getDatabaseMajorVersion() >= HAS_JSON_SCALAR;
    String sql = STATEMENTS[variant(request) + (scalar ? 8 : 0)];
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, request, now);
      try (ResultSet rows = statement.executeQuery()) {
        return new FeedPage(JsonPage.read(rows, 1, request.limit(), HomeFeed::cursor));
      }
    }
  }

  static ActivityPage<FeedCursor> readPlain(
      Connection connection, FeedRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PLAIN[variant(request)])) {
      bind(statement, request, now);
      try (ResultSet rows = statement.executeQuery()) {
        return ActivityColumns.page(rows, request.limit(), HomeFeed::cursor);
      }
    }
  }

  private static int variant(FeedRequest request) {
    return (request.replies() ? 1 : 0)
        + (request.expired() ? 2 : 0)
        + (request.after().isPresent() ? 4 : 0);
  }

  private static void bind(
      PreparedStatement statement, FeedRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    int parameter = 0;
    statement.setObject(++parameter, now);
    if (request.after().isPresent()) {
      FeedCursor cursor = request.after().get();
      for (int source = request.replies() ? 2 : 1; source > 0; source--) {
        statement.setObject(++parameter, Timestamps.parameter(cursor.createdAt()));
        statement.setObject(++parameter, cursor.uuid());
      }
    }
    statement.setInt(++parameter, request.limit() + 1);
  }

  private static FeedCursor cursor(ResultSet row) throws SQLException {
    return FeedCursor.after(Timestamps.read(row, "created_at"), row.getObject("uuid", UUID.class));
  }
}
