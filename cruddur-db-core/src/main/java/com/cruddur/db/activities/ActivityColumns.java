package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.SqlFunction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads activities from plain columns, of the statements that else write them as JSON. */
final class ActivityColumns {

  /** The columns of an activity {@code a} and its author {@code u}, in the order of the record. */
  static final String COLUMNS =
      "a.uuid, u.display_name, u.handle, a.message, a.replies_count, a.reposts_count,"
          + " a.likes_count, a.reply_to_activity_uuid, a.expires_at, a.created_at";

  private ActivityColumns() {}

  /** Returns the statement with the columns in the place of the JSON. */
  static String plain(String statement, JsonObjectSql json) {
    return statement.replace(json.toString(), COLUMNS);
  }

  /** Reads the rows up to the limit, and looks whether there is one more. */
  static <C> ActivityPage<C> page(ResultSet rows, int limit, SqlFunction<ResultSet, C> cursor)
      throws SQLException {
    List<Activity> activities = new ArrayList<>();
    C last = null;
    while (rows.next()) {
      if (activities.size() == limit) {
        return new ActivityPage<>(activities, last);
      }
      activities.add(activity(rows));
      last = activities.size() == limit ? cursor.apply(rows) : null;
    }
    return new ActivityPage<>(activities, null);
  }

  static Activity activity(ResultSet row) throws SQLException {
    return new Activity(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getInt(5),
        row.getInt(6),
        row.getInt(7),
        row.getObject(8, UUID.class),
        row.getObject(9, OffsetDateTime.class),
        row.getObject(10, OffsetDateTime.class));
  }
}
