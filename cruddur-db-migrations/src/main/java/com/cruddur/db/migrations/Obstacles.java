package com.cruddur.db.migrations;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Looks for data that constraints of the newest schema would refuse, as far as they are not there,
 * and for circles of replies. What is there is not trusted while its migration is pending: that
 * drops what has the name, and makes its own.
 */
final class Obstacles {

  /** Users with the Cognito id of an older one, and who that is. */
  static final String MERGED_USERS =
      """
      SELECT uuid, kept FROM (
        SELECT uuid, first_value(uuid) OVER (PARTITION BY cognito_user_id ORDER BY created_at, uuid) AS kept
        FROM public.users WHERE cognito_user_id <> 'MOCK' AND btrim(cognito_user_id) <> '') AS u
      WHERE uuid <> kept""";

  static final String REPEATED_HANDLES =
      """
      SELECT uuid, handle FROM (
        SELECT uuid, handle, row_number() OVER (PARTITION BY lower(handle) ORDER BY created_at, uuid) AS place
        FROM public.users WHERE handle IS NOT NULL) AS u
      WHERE place > 1""";

  static final String MISSING_VALUES =
      """
      SELECT uuid FROM public.users
      WHERE handle IS NULL OR display_name IS NULL OR cognito_user_id IS NULL OR btrim(cognito_user_id) = ''""";

  static final String WRONG_COUNTERS =
      """
      SELECT uuid FROM public.activities
      WHERE replies_count IS NULL OR reposts_count IS NULL OR likes_count IS NULL
        OR replies_count < 0 OR reposts_count < 0 OR likes_count < 0""";

  static final String ORPHANS =
      """
      SELECT uuid FROM public.activities
      WHERE NOT EXISTS (SELECT FROM public.users WHERE users.uuid = activities.user_uuid)""";

  static final String INTEGER_REPLY_IDS =
      "SELECT uuid FROM public.activities WHERE reply_to_activity_uuid IS NOT NULL";

  static final String DANGLING_REPLY_IDS =
      """
      SELECT uuid FROM public.activities
      WHERE reply_to_activity_uuid IS NOT NULL AND (reply_to_activity_uuid = uuid
        OR NOT EXISTS (SELECT FROM public.activities AS a WHERE a.uuid = activities.reply_to_activity_uuid))""";

  private final Sql sql;
  private final int reached;
  private final List<Obstacle> found = new ArrayList<>();

  private Obstacles(Sql sql) throws SQLException {
    this.sql = sql;
    this.reached = History.of(sql).reached();
  }

  static List<Obstacle> in(Sql sql) throws SQLException {
    if (!new Shape(sql).relations().contains("activities")) {
      return List.of();
    }
    Obstacles obstacles = new Obstacles(sql);
    obstacles.lookAtUsers();
    obstacles.lookAtActivities();
    return List.copyOf(obstacles.found);
  }

  private void lookAtUsers() throws SQLException {
    if (isPending(8) || !isValidIndex("users_cognito_user_id_key")) {
      look("users have the Cognito id of an older user", MERGED_USERS, Fix.MERGE_USERS);
      look("users lack a handle, a display name or a Cognito id", MISSING_VALUES, Fix.FILL_VALUES);
    } else if (isPending(12) || !isNotNull("users", "handle")) {
      look("users lack a handle, a display name or a Cognito id", MISSING_VALUES, Fix.FILL_VALUES);
    }
    if (isPending(9) || !isValidIndex("users_handle_key")) {
      look(
          "users have the handle of an older user, in the same or another case",
          REPEATED_HANDLES,
          Fix.RENAME_HANDLES);
    }
  }

  private void lookAtActivities() throws SQLException {
    if (isPending(17) || !isValidConstraint("activities_user_uuid_fkey")) {
      look("activities have a user who is gone", ORPHANS, Fix.ADOPT_ORPHANS);
    }
    if (!new Shape(sql).repliesAreUuids()) {
      look(
          "activities have an integer as reply_to_activity_uuid",
          INTEGER_REPLY_IDS,
          Fix.CLEAR_REPLY_IDS);
    } else if (isPending(20) || !isValidConstraint("activities_reply_to_activity_uuid_fkey")) {
      look(
          "activities are replies to themselves or to an activity that is gone",
          DANGLING_REPLY_IDS,
          Fix.CLEAR_REPLY_IDS);
      lookForCircles();
    }
    if (isPending(15) || !isNotNull("activities", "likes_count")) {
      look("activities have a missing or negative counter", WRONG_COUNTERS, Fix.RECOUNT);
    }
  }

  private boolean isPending(int version) {
    return reached < version;
  }

  private void look(String description, String query, Fix fix) throws SQLException {
    Optional<Obstacle> obstacle =
        sql.first(
            "SELECT count(*), (array_agg(uuid ORDER BY uuid))[1:3] FROM (" + query + ") AS rows",
            row -> new Obstacle(description, row.getLong(1), uuids(row.getArray(2)), fix));
    obstacle.filter(o -> o.count() > 0).ifPresent(found::add);
  }

  private void lookForCircles() throws SQLException {
    List<UUID> circles = Circles.oldest(sql);
    if (!circles.isEmpty()) {
      found.add(
          new Obstacle(
              "activities are the oldest of a circle of replies, in which each answers the next",
              circles.size(),
              circles.subList(0, Math.min(3, circles.size())),
              Fix.CLEAR_REPLY_IDS));
    }
  }

  @SuppressWarnings("NullAway") // null where array_agg saw no rows
  static List<UUID> uuids(Array array) throws SQLException {
    return array == null ? List.of() : List.of((UUID[]) array.getArray());
  }

  private boolean isValidIndex(String name) throws SQLException {
    return sql.holds(
        "EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass(?) AND indisvalid)",
        "public." + name);
  }

  private boolean isValidConstraint(String name) throws SQLException {
    return sql.holds(
        """
        EXISTS (SELECT FROM pg_catalog.pg_constraint
          WHERE conrelid = 'public.activities'::regclass AND conname = ? AND convalidated)""",
        name);
  }

  private boolean isNotNull(String table, String column) throws SQLException {
    return sql.holds(
        """
        EXISTS (SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = ?::regclass AND attname = ? AND attnotnull)""",
        "public." + table,
        column);
  }
}
