package com.cruddur.db.activities;

import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An activity or a reply, for Java. The web client reads the same as JSON.
 *
 * @param uuid the activity's id
 * @param displayName the name of its author that is shown
 * @param handle the author's name in URLs, without {@code @}
 * @param message what the author says
 * @param repliesCount how many replies it has, without replies to them
 * @param repostsCount how often it was reposted
 * @param likesCount how often it was liked
 * @param replyToActivityUuid what it replies to, or null for an activity that is no reply
 * @param expiresAt when it expires, in UTC; null for a reply and for what never does
 * @param createdAt when it was created, in UTC; for PostgreSQL's {@code infinity}, here as in
 *     expiresAt, {@link OffsetDateTime#MAX}
 * @since 0.1.0
 */
public record Activity(
    UUID uuid,
    String displayName,
    String handle,
    String message,
    int repliesCount,
    int repostsCount,
    int likesCount,
    @Nullable UUID replyToActivityUuid,
    @Nullable OffsetDateTime expiresAt,
    OffsetDateTime createdAt) {

  /** Refuses null where it is not meant. */
  public Activity {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(displayName, "displayName");
    Objects.requireNonNull(handle, "handle");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
