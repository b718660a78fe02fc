package com.cruddur.db.activities;

import com.cruddur.db.UnknownActivityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statement that creates a reply and answers with its JSON, in one round trip.
 *
 * <p>The lock on the answered row is the one that its foreign key takes anyway. Taken here, it
 * makes a race with a deletion end in no row, and not in an error that would abort the caller's
 * transaction. The database counts the reply at the end of the statement.
 */
final class Replying {

  private static final String STATEMENT =
      """
      WITH RECURSIVE moment AS (
        SELECT coalesce(?::timestamptz, current_timestamp) AS now),
      author AS (
        SELECT uuid, display_name, handle FROM public.users WHERE %%s),
      answered AS (
        SELECT uuid, reply_to_activity_uuid, expires_at FROM public.activities
        WHERE uuid = ? FOR KEY SHARE),
      above AS (
        SELECT uuid, reply_to_activity_uuid, expires_at FROM answered
        UNION
        SELECT up.uuid, up.reply_to_activity_uuid, up.expires_at
        FROM above JOIN public.activities up ON up.uuid = above.reply_to_activity_uuid),
      alive AS (
        SELECT uuid FROM answered
        WHERE NOT EXISTS (SELECT FROM above, moment WHERE above.expires_at <= moment.now)),
      created AS (
        INSERT INTO public.activities (user_uuid, message, created_at, reply_to_activity_uuid)
        SELECT author.uuid, ?, moment.now, alive.uuid FROM author, alive, moment
        RETURNING uuid, message, created_at, expires_at, reply_to_activity_uuid)
      SELECT EXISTS (SELECT FROM author), reply.uuid, reply.json
      FROM (SELECT) always
      LEFT JOIN (SELECT a.uuid, %s AS json FROM created a, author u) reply ON true
      """
          .formatted(Creation.ACTIVITY);

  private static final Author.Statement BY_AUTHOR = Author.Statement.of(STATEMENT);

  private Replying() {}

  static CreatedActivity run(Connection connection, NewReply reply, @Nullable OffsetDateTime now)
      throws SQLException {
    Author author = reply.author();
    try (PreparedStatement statement = connection.prepareStatement(BY_AUTHOR.with(author))) {
      statement.setObject(1, now);
      statement.setObject(2, author.key());
      statement.setObject(3, reply.activityUuid());
      statement.setString(4, reply.message());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return created(row, author);
      }
    }
  }

  private static CreatedActivity created(ResultSet row, Author author) throws SQLException {
    if (!row.getBoolean(1)) {
      throw author.unknown();
    }
    UUID uuid = row.getObject(2, UUID.class);
    if (uuid == null) {
      throw new UnknownActivityException();
    }
    return new CreatedActivity(uuid, row.getString(3));
  }
}
