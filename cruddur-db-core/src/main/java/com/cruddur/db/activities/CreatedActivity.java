package com.cruddur.db.activities;

import java.util.Objects;
import java.util.UUID;

/**
 * An activity that was just created.
 *
 * @param uuid the activity's id
 * @param json the activity as the web client reads it: an object of uuid, display_name, handle,
 *     message, created_at, expires_at and reply_to_activity_uuid
 * @since 0.1.0
 */
public record CreatedActivity(UUID uuid, String json) {

  /** Refuses null. */
  public CreatedActivity {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(json, "json");
  }
}
