package com.cruddur.db.activities;

import static com.cruddur.db.schema.Tables.ACTIVITIES;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.users.NewUser;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes activities with the times that a test wants, and reads what it looks at. */
final class ActivityRows {

  private final CruddurDb db;
  private final UUID author;

  ActivityRows(CruddurDb db) {
    this.db = db;
    this.author = db.users().insert(NewUser.of("sub-ann", "Ann \"A\" \\", "ann", null)).uuid();
  }

  UUID author() {
    return author;
  }

  UUID post(String message, OffsetDateTime created, @Nullable OffsetDateTime expires) {
    return activity(message, created, expires, null);
  }

  UUID reply(String message, OffsetDateTime created, UUID replyTo) {
    return activity(message, created, null, replyTo);
  }

  UUID activity(
      String message,
      OffsetDateTime created,
      @Nullable OffsetDateTime expires,
      @Nullable UUID replyTo) {
    return db.dsl()
        .insertInto(ACTIVITIES)
        .set(ACTIVITIES.USER_UUID, author)
        .set(ACTIVITIES.MESSAGE, message)
        .set(ACTIVITIES.CREATED_AT, created)
        .set(ACTIVITIES.EXPIRES_AT, expires)
        .set(ACTIVITIES.REPLY_TO_ACTIVITY_UUID, replyTo)
        .returning(ACTIVITIES.UUID)
        .fetchSingle(ACTIVITIES.UUID);
  }

  int repliesCount(UUID activity) {
    return db.dsl()
        .fetchSingle(ACTIVITIES, ACTIVITIES.UUID.eq(activity))
        .get(ACTIVITIES.REPLIES_COUNT);
  }

  /** Counts the activities whose counter is not the number of their replies. */
  int wrongCounters() {
    return db.dsl()
        .fetchSingle(
            "SELECT count(*) FROM activities a WHERE replies_count <>"
                + " (SELECT count(*) FROM activities r WHERE r.reply_to_activity_uuid = a.uuid)")
        .get(0, Integer.class);
  }

  List<String> messages(String jsonArray) {
    return db.dsl()
        .fetch("SELECT value ->> 'message' FROM json_array_elements(?::json)", jsonArray)
        .getValues(0, String.class);
  }
}
