package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonPage;

/**
 * A page of a feed, as PostgreSQL wrote it: a JSON array, newest first, of objects with the keys
 * uuid, display_name, handle, message, replies_count, reposts_count, likes_count,
 * reply_to_activity_uuid, expires_at and created_at. Its cursor is for {@link FeedRequest#after}.
 *
 * @since 0.1.0
 */
public final class FeedPage extends WrittenPage<FeedCursor> {

  FeedPage(JsonPage<FeedCursor> page) {
    super(page);
  }
}
