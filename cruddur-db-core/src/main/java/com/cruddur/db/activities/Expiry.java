package com.cruddur.db.activities;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a batch of what has expired, replies before what they answer.
 *
 * <p>Goes down level by level and locks what it finds. To a locked activity nobody can reply, so
 * the level below, read by the next statement, is complete. What somebody else has locked is left
 * alone, and so is all that is above it. All of it is to be in one transaction.
 */
final class Expiry {

  // A reply that expired by itself takes the row above it along, where it is counted: without the
  // lock the DELETE would wait for whoever holds that.
  // The size of the batch is written into the statement: from a parameter the planner would guess
  // at a tenth of the table. Programs have few sizes.
  private static final String EXPIRED =
      """
      SELECT a.uuid FROM public.activities a
      WHERE a.expires_at <= coalesce(?::timestamptz, current_timestamp)
        AND (a.reply_to_activity_uuid IS NULL OR EXISTS (
          SELECT FROM public.activities above WHERE above.uuid = a.reply_to_activity_uuid
          FOR NO KEY UPDATE SKIP LOCKED))
      ORDER BY a.expires_at, a.uuid
      LIMIT %d FOR UPDATE SKIP LOCKED
      """;

  private static final String REPLIES =
      """
      SELECT a.uuid FROM public.activities a
      WHERE a.reply_to_activity_uuid = ANY (?::uuid[])
      LIMIT %d FOR UPDATE SKIP LOCKED
      """;

  private static final String DELETE =
      """
      DELETE FROM public.activities WHERE uuid = ANY (ARRAY(
        SELECT leaf FROM unnest(?::uuid[]) AS leaf
        WHERE (SELECT true FROM public.activities a
               WHERE a.reply_to_activity_uuid = leaf LIMIT 1) IS NULL
        LIMIT ?))
      """;

  private final Connection connection;
  private final int batchSize;

  private Expiry(Connection connection, int batchSize) {
    this.connection = connection;
    this.batchSize = batchSize;
  }

  static int run(Connection connection, int batchSize, @Nullable OffsetDateTime now)
      throws SQLException {
    return new Expiry(connection, batchSize).run(now);
  }

  private int run(@Nullable OffsetDateTime now) throws SQLException {
    List<Array> levels = new ArrayList<>();
    List<UUID> level = lock(EXPIRED, now);
    Set<UUID> seen = new HashSet<>(level);
    while (!level.isEmpty()) {
      Array uuids = connection.createArrayOf("uuid", level.toArray());
      levels.add(uuids);
      level = lock(REPLIES, uuids);
      // An UPDATE by hand can close a circle of replies, which has no last level.
      level.removeIf(uuid -> !seen.add(uuid));
    }
    int deleted = 0;
    for (Array uuids : levels.reversed()) {
      if (deleted < batchSize) {
        deleted += delete(uuids, batchSize - deleted);
      }
    }
    return deleted;
  }

  private List<UUID> lock(String sql, @Nullable Object parameter) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(batchSize))) {
      statement.setObject(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<UUID> uuids = new ArrayList<>();
        while (rows.next()) {
          uuids.add(rows.getObject(1, UUID.class));
        }
        return uuids;
      }
    }
  }

  private int delete(Array uuids, int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setArray(1, uuids);
      statement.setInt(2, limit);
      return statement.executeUpdate();
    }
  }
}
