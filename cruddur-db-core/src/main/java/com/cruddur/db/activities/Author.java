package com.cruddur.db.activities;

import com.cruddur.db.UnknownUserException;
import com.cruddur.db.internal.CognitoUserId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who writes an activity or a reply.
 *
 * @param key the user's Cognito user id, or the user's uuid; what the condition compares with
 */
record Author(Object key) {

  static Author of(@Nullable String cognitoUserId) {
    return new Author(CognitoUserId.required(cognitoUserId));
  }

  static Author of(UUID userUuid) {
    return new Author(Objects.requireNonNull(userUuid, "userUuid"));
  }

  private boolean isUuid() {
    return key instanceof UUID;
  }

  UnknownUserException unknown() {
    return new UnknownUserException(isUuid() ? "uuid" : "Cognito user id");
  }

  /** A statement in two forms, with a condition on {@code public.users} in it. */
  record Statement(String byCognitoUserId, String byUuid) {

    /** Puts either condition, which has one parameter, in the place of {@code %s}. */
    static Statement of(String sql) {
      return new Statement(
          sql.formatted("cognito_user_id = ? AND cognito_user_id <> 'MOCK'"),
          sql.formatted("uuid = ?"));
    }

    String with(Author author) {
      return author.isUuid() ? byUuid : byCognitoUserId;
    }
  }
}
