package com.cruddur.db.users;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.CognitoUserId;
import com.cruddur.db.internal.Texts;
import org.jspecify.annotations.Nullable;

/**
 * A user to be inserted. Checked when it is made; immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class NewUser {

  private final String cognitoUserId;
  private final String displayName;
  private final String handle;
  private final @Nullable String email;

  private NewUser(String cognitoUserId, String displayName, String handle, @Nullable String email) {
    this.cognitoUserId = cognitoUserId;
    this.displayName = displayName;
    this.handle = handle;
    this.email = email;
  }

  /**
   * Returns a user to be inserted.
   *
   * @param cognitoUserId the {@code sub} of the user in Cognito
   * @param displayName the name that is shown
   * @param handle the name in URLs, without {@code @}; unique whatever its case
   * @param email the e-mail address, or null if it is not known
   * @return the user, not yet inserted
   * @throws InvalidInputException with code {@code cognito_user_id_blank}, {@code
   *     display_name_blank} or {@code blank_user_handle} if the respective text is null, blank or
   *     contains U+0000, or if the Cognito user id is the placeholder {@code MOCK}; with {@code
   *     cognito_user_id_too_long} or {@code handle_too_long} if the text has more than 2600 bytes
   *     in UTF-8, which is what their indexes hold
   */
  public static NewUser of(
      @Nullable String cognitoUserId,
      @Nullable String displayName,
      @Nullable String handle,
      @Nullable String email) {
    return new NewUser(
        Texts.indexable(
            CognitoUserId.required(cognitoUserId), "cognito_user_id_too_long", "Cognito user id"),
        Texts.required(displayName, "display_name_blank", "display name"),
        Texts.indexable(
            Texts.required(handle, "blank_user_handle", "handle"), "handle_too_long", "handle"),
        email == null ? null : Texts.storable(email, "email_invalid", "e-mail address"));
  }

  String cognitoUserId() {
    return cognitoUserId;
  }

  String displayName() {
    return displayName;
  }

  String handle() {
    return handle;
  }

  @Nullable String email() {
    return email;
  }
}
