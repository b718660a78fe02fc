package com.cruddur.db.users;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What others see of a user.
 *
 * @param uuid the user's id
 * @param handle the name in URLs, without {@code @}
 * @param displayName the name that is shown
 * @param bio what the user says about themself, or null
 * @since 0.1.0
 */
public record UserProfile(UUID uuid, String handle, String displayName, @Nullable String bio) {

  /** Refuses null where it is not meant. */
  public UserProfile {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(handle, "handle");
    Objects.requireNonNull(displayName, "displayName");
  }
}
