package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Replies that go round: a answers b, and b answers a. Whoever walks them would walk for ever.
 *
 * <p>A recursive query reads all replies once for each level of the longest thread. So only those
 * with four others above them are fetched, the oldest first, which are few, and walked here.
 */
final class Circles {

  private static final String DEEP_REPLIES =
      """
      SELECT a.uuid, a.reply_to_activity_uuid FROM public.activities AS a
      JOIN public.activities AS b ON b.uuid = a.reply_to_activity_uuid AND b.uuid <> a.uuid
      JOIN public.activities AS c ON c.uuid = b.reply_to_activity_uuid AND c.uuid <> b.uuid
      JOIN public.activities AS d ON d.uuid = c.reply_to_activity_uuid AND d.uuid <> c.uuid
      WHERE d.reply_to_activity_uuid <> d.uuid
      ORDER BY a.created_at, a.uuid""";

  private record Reply(UUID uuid, UUID answered) {}

  private Circles() {}

  /** Returns the oldest activity of each circle of two or more, in the order of the uuids. */
  static List<UUID> oldest(Sql sql) throws SQLException {
    List<Reply> replies =
        sql.list(
            DEEP_REPLIES,
            row -> new Reply(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
    List<UUID> oldest = new ArrayList<>();
    int[] answered = places(replies);
    int[] walks = new int[answered.length];
    for (int start = 0; start < answered.length; start++) {
      int place = start;
      while (place >= 0 && walks[place] == 0) {
        walks[place] = start + 1;
        place = answered[place];
      }
      if (place >= 0 && walks[place] == start + 1) {
        oldest.add(replies.get(firstInCircle(answered, place)).uuid());
      }
    }
    // As PostgreSQL sorts them.
    return oldest.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  /** For each reply the place in the list of the one that it answers, or -1. */
  private static int[] places(List<Reply> replies) {
    Map<UUID, Integer> places = new HashMap<>();
    for (Reply reply : replies) {
      places.put(reply.uuid(), places.size());
    }
    int[] answered = new int[replies.size()];
    Arrays.setAll(answered, i -> places.getOrDefault(replies.get(i).answered(), -1));
    return answered;
  }

  private static int firstInCircle(int[] answered, int place) {
    int first = place;
    for (int next = answered[place]; next != place; next = answered[next]) {
      first = Math.min(first, next);
    }
    return first;
  }
}
