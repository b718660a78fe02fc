package com.cruddur.db.activities;

/**
 * The parts of SQL that the statements share. What has expired is hidden, and a reply lives as long
 * as the first activity above it, and no longer than any in between.
 */
final class ActivitySql {

  /** The time that expiry is reckoned by; one parameter, null for the database's time. */
  static final String MOMENT =
      "moment AS (SELECT coalesce(?::timestamptz, current_timestamp) AS now)";

  /** Holds for an activity {@code a} that has not expired itself. */
  static final String ALIVE = "(a.expires_at IS NULL OR a.expires_at > (SELECT now FROM moment))";

  /** Holds for a reply {@code a} if nothing above it has expired. */
  static final String ALIVE_ABOVE =
      """
      NOT EXISTS (
        WITH RECURSIVE above AS (
          SELECT up.uuid, up.reply_to_activity_uuid, up.expires_at
          FROM public.activities up WHERE up.uuid = a.reply_to_activity_uuid
          UNION
          SELECT up.uuid, up.reply_to_activity_uuid, up.expires_at
          FROM above JOIN public.activities up ON up.uuid = above.reply_to_activity_uuid)
        SELECT FROM above WHERE above.expires_at <= (SELECT now FROM moment))""";

  /**
   * Joins the author {@code u} of an activity {@code a}. The limit keeps it a look-up for each row,
   * in the order of the rows: a planner that may choose reads all users for a page of fifty.
   */
  static final String AUTHOR =
      "CROSS JOIN LATERAL (SELECT * FROM public.users WHERE uuid = a.user_uuid LIMIT 1) u";

  private ActivitySql() {}
}
