package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonObjectSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement that creates an activity and answers with its JSON, in one round trip. */
final class Creation {

  /** What the web client reads of an activity that was just created, be it a reply or not. */
  static final JsonObjectSql ACTIVITY =
      new JsonObjectSql()
          .uuid("uuid", "a.uuid")
          .text("display_name", "u.display_name")
          .text("handle", "u.handle")
          .text("message", "a.message")
          .timestamp("created_at", "a.created_at")
          .timestamp("expires_at", "a.expires_at")
          .nullableUuid("reply_to_activity_uuid", "a.reply_to_activity_uuid");

  private static final String STATEMENT =
      """
      WITH author AS (
        SELECT uuid, display_name, handle FROM public.users WHERE %%s),
      moment AS (
        SELECT coalesce(?::timestamptz, current_timestamp) AS now),
      created AS (
        INSERT INTO public.activities (user_uuid, message, created_at, expires_at)
        SELECT author.uuid, ?, now, now + make_interval(secs => ?) FROM author, moment
        RETURNING uuid, message, created_at, expires_at, reply_to_activity_uuid)
      SELECT a.uuid, %s FROM created a, author u
      """
          .formatted(ACTIVITY);

  private static final Author.Statement BY_AUTHOR = Author.Statement.of(STATEMENT);

  private Creation() {}

  static CreatedActivity run(
      Connection connection, NewActivity activity, @Nullable OffsetDateTime now)
      throws SQLException {
    Author author = activity.author();
    try (PreparedStatement statement = connection.prepareStatement(BY_AUTHOR.with(author))) {
      statement.setObject(1, author.key());
      statement.setObject(2, now);
      statement.setString(3, activity.message());
      statement.setDouble(4, activity.ttl().duration().toSeconds());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw author.unknown();
        }
        return new CreatedActivity(row.getObject(1, UUID.class), row.getString(2));
      }
    }
  }
}
