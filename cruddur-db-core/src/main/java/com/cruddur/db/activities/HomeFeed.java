package com.cruddur.db.activities;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement of the home feed, and how its one row becomes a page. */
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
          .uuid("reply_to_activity_uuid", "a.reply_to_activity_uuid")
          .timestamp("expires_at", "a.expires_at")
          .timestamp("created_at", "a.created_at");

  // One row more than the page holds is read, to know whether another page follows.
  private static final String STATEMENT =
      """
      SELECT coalesce('[' || string_agg(json, ',') FILTER (WHERE n <= ?) || ']', '[]'),
             count(*),
             (array_agg(created_at) FILTER (WHERE n = ?))[1],
             (array_agg(uuid) FILTER (WHERE n = ?))[1]
      FROM (
        SELECT a.created_at, a.uuid,
               row_number() OVER (ORDER BY a.created_at DESC, a.uuid DESC) AS n,
               %s AS json
        FROM (
          SELECT * FROM public.activities
          WHERE true%s
          ORDER BY created_at DESC, uuid DESC
          LIMIT ?) a
        JOIN public.users u ON u.uuid = a.user_uuid
        ORDER BY a.created_at DESC, a.uuid DESC) page
      """;

  private static final String ALIVE =
      " AND (expires_at IS NULL OR expires_at > coalesce(?::timestamptz, current_timestamp))";
  private static final String NO_REPLIES = " AND reply_to_activity_uuid IS NULL";
  private static final String AFTER = " AND (created_at, uuid) < (?::timestamptz, ?::uuid)";

  private HomeFeed() {}

  static FeedPage read(Connection connection, FeedRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(request))) {
      bind(statement, request, now);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return page(row, request.limit());
      }
    }
  }

  /** The eight statements, by what the request leaves out; a feed is asked for often. */
  private static final String[] STATEMENTS = new String[8];

  static {
    for (int variant = 0; variant < STATEMENTS.length; variant++) {
      String conditions =
          ((variant & 1) == 0 ? NO_REPLIES : "")
              + ((variant & 2) == 0 ? ALIVE : "")
              + ((variant & 4) == 0 ? "" : AFTER);
      STATEMENTS[variant] = STATEMENT.formatted(ACTIVITY, conditions);
    }
  }

  private static String sql(FeedRequest request) {
    return STATEMENTS[
        (request.replies() ? 1 : 0)
            + (request.expired() ? 2 : 0)
            + (request.after().isPresent() ? 4 : 0)];
  }

  private static void bind(
      PreparedStatement statement, FeedRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    int parameter = 0;
    statement.setInt(++parameter, request.limit());
    statement.setInt(++parameter, request.limit());
    statement.setInt(++parameter, request.limit());
    if (!request.expired()) {
      statement.setObject(++parameter, now);
    }
    if (request.after().isPresent()) {
      FeedCursor cursor = request.after().get();
      statement.setObject(++parameter, cursor.createdAt().atOffset(ZoneOffset.UTC));
      statement.setObject(++parameter, cursor.uuid());
    }
    statement.setInt(++parameter, request.limit() + 1);
  }

  private static FeedPage page(ResultSet row, int limit) throws SQLException {
    byte[] json = row.getBytes(1);
    int rows = row.getInt(2);
    if (rows <= limit) {
      return new FeedPage(json, rows, null);
    }
    OffsetDateTime createdAt = row.getObject(3, OffsetDateTime.class);
    UUID uuid = row.getObject(4, UUID.class);
    return new FeedPage(json, limit, FeedCursor.after(createdAt.toInstant(), uuid));
  }
}
