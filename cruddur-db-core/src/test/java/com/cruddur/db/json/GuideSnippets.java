package com.cruddur.db.json;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.Activity;
import com.cruddur.db.activities.ActivityPage;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.users.NewUser;
import com.cruddur.db.users.UserDao;
import com.cruddur.db.users.UserInsert;
import java.io.IOException;
import java.io.OutputStream;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** The examples of docs/json.md and docs/queries.md, compiled and run. */
final class GuideSnippets {

  private GuideSnippets() {}

  static byte[] array(CruddurDb db, ObjLongConsumer<String> span) {
    // @start region="array"
    SqlTemplate query =
        SqlTemplate.of("SELECT handle, bio FROM users WHERE bio ILIKE :text ORDER BY handle;");
    JsonResult<byte[]> users = db.json().array(query.bind("text", "%cloud%")).asBytes();
    span.accept("app.result_length", users.rows());
    // @end
    return users.value();
  }

  static String returning(CruddurDb db, OffsetDateTime since) {
    // @start region="returning"
    SqlTemplate query =
        SqlTemplate.of(
                """
                WITH renamed AS (
                  UPDATE users SET display_name = handle WHERE display_name = :name RETURNING *)
                SELECT handle, created_at FROM renamed WHERE created_at >= :since
                """)
            .bind("name", "?")
            .bind("since", since);
    String json = db.transaction(tx -> tx.json().array(query).asString().value());
    // @end
    return json;
  }

  static long stream(CruddurDb db, OutputStream target) throws IOException {
    // @start region="stream"
    long rows =
        db.json().array(SqlTemplate.of("SELECT uuid, message FROM activities")).writeTo(target);
    // @end
    return rows;
  }

  static FeedPage feed(CruddurDb db, @Nullable String cursor) {
    // @start region="feed"
    FeedRequest request = FeedRequest.first(20);
    if (cursor != null) {
      request = request.after(FeedCursor.parse(cursor));
    }
    FeedPage page = db.activities().home(request); // page.json() and page.next() go to the client
    // @end
    return page;
  }

  static @Nullable OffsetDateTime records(CruddurDb db) {
    OffsetDateTime last = null;
    // @start region="records"
    ActivityPage<FeedCursor> page = db.activities().homeActivities(FeedRequest.first(20));
    for (Activity activity : page.activities()) {
      last = activity.createdAt();
    }
    // @end
    return last;
  }

  static void deleteExpired(CruddurDb db) {
    // @start region="deleteExpired"
    while (db.activities().deleteExpired(1000) > 0) {}
    // @end
  }

  // @start region="heal"
  static UserInsert heal(UserDao users, Map<String, String> claims) {
    return users.insert(
        NewUser.of(
            claims.get("sub"),
            claims.get("name"),
            claims.get("preferred_username"),
            claims.get("email")));
  }
  // @end
}
