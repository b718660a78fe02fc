package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.Texts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reply to be created. Checked when it is made; immutable and thread-safe.
 *
 * <p>A reply has no TTL: it lives as long as the first activity above it.
 *
 * @since 0.1.0
 */
public final class NewReply {

  /** The most characters (Unicode code points) that a reply may have. */
  public static final int MAX_CHARACTERS = 1024;

  private final Author author;
  private final UUID activityUuid;
  private final String message;

  private NewReply(Author author, @Nullable UUID activityUuid, @Nullable String message) {
    this.author = author;
    if (activityUuid == null) {
      throw new InvalidInputException(
          "activity_uuid_blank", "The uuid of the activity to reply to is missing.");
    }
    this.activityUuid = activityUuid;
    this.message =
        Texts.limited(
            Texts.required(message, "message_blank", "message"),
            MAX_CHARACTERS,
            "message_exceed_max_chars_1024",
            "message");
  }

  /**
   * Returns a reply to be created by the user with a Cognito user id.
   *
   * @param cognitoUserId the {@code sub} of the user in Cognito
   * @param activityUuid the activity, or reply, to reply to
   * @param message what the user says; 1 to 1024 characters, not all blank
   * @return the reply, not yet created
   * @throws InvalidInputException with code {@code cognito_user_id_blank}, {@code
   *     activity_uuid_blank}, {@code message_blank} or {@code message_exceed_max_chars_1024}
   */
  public static NewReply of(
      @Nullable String cognitoUserId, @Nullable UUID activityUuid, @Nullable String message) {
    return new NewReply(Author.of(cognitoUserId), activityUuid, message);
  }

  /**
   * Returns a reply to be created by the user with a uuid. Users without a login can act only so.
   *
   * @param userUuid the user's id in this database
   * @param activityUuid the activity, or reply, to reply to
   * @param message what the user says; 1 to 1024 characters, not all blank
   * @return the reply, not yet created
   * @throws InvalidInputException with code {@code activity_uuid_blank}, {@code message_blank} or
   *     {@code message_exceed_max_chars_1024}
   */
  public static NewReply of(UUID userUuid, @Nullable UUID activityUuid, @Nullable String message) {
    return new NewReply(Author.of(userUuid), activityUuid, message);
  }

  Author author() {
    return author;
  }

  UUID activityUuid() {
    return activityUuid;
  }

  String message() {
    return message;
  }
}
