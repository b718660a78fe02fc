package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.Texts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An activity to be created. Checked when it is made; immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class NewActivity {

  /** The most characters (Unicode code points) that a message may have. */
  public static final int MAX_CHARACTERS = 280;

  private final Author author;
  private final String message;
  private final Ttl ttl;

  private NewActivity(Author author, @Nullable String message, @Nullable Ttl ttl) {
    this.author = author;
    this.message =
        Texts.limited(
            Texts.required(message, "message_blank", "message"),
            MAX_CHARACTERS,
            "message_exceed_max_chars",
            "message");
    if (ttl == null) {
      throw new InvalidInputException("ttl_blank", "The TTL is missing.");
    }
    this.ttl = ttl;
  }

  /**
   * Returns an activity to be created by the user with a Cognito user id.
   *
   * @param cognitoUserId the {@code sub} of the user in Cognito
   * @param message what the user says; 1 to 280 characters, not all blank
   * @param ttl how long it lives
   * @return the activity, not yet created
   * @throws InvalidInputException with code {@code cognito_user_id_blank}, {@code message_blank},
   *     {@code message_exceed_max_chars} or {@code ttl_blank}
   */
  public static NewActivity of(
      @Nullable String cognitoUserId, @Nullable String message, @Nullable Ttl ttl) {
    return new NewActivity(Author.of(cognitoUserId), message, ttl);
  }

  /**
   * Returns an activity to be created by the user with a uuid. Users without a login can act only
   * so.
   *
   * @param userUuid the user's id in this database
   * @param message what the user says; 1 to 280 characters, not all blank
   * @param ttl how long it lives
   * @return the activity, not yet created
   * @throws InvalidInputException with code {@code message_blank}, {@code message_exceed_max_chars}
   *     or {@code ttl_blank}
   */
  public static NewActivity of(UUID userUuid, @Nullable String message, @Nullable Ttl ttl) {
    return new NewActivity(Author.of(userUuid), message, ttl);
  }

  Author author() {
    return author;
  }

  String message() {
    return message;
  }

  Ttl ttl() {
    return ttl;
  }
}
