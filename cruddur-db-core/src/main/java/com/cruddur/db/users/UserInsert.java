package com.cruddur.db.users;

import java.util.Objects;
import java.util.UUID;

/**
 * The user that an insert found or made.
 *
 * @param uuid the user's id
 * @param created true if this call inserted the user, false if it was there already
 * @since 0.1.0
 */
public record UserInsert(UUID uuid, boolean created) {

  /** Refuses null. */
  public UserInsert {
    Objects.requireNonNull(uuid, "uuid");
  }
}
