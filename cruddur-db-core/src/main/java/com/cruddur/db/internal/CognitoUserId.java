package com.cruddur.db.internal;

import com.cruddur.db.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The id that Cognito gives to a user, its {@code sub}. */
public final class CognitoUserId {

  private static final String PLACEHOLDER = "MOCK";
  private static final String CODE = "cognito_user_id_blank";

  private CognitoUserId() {}

  /** Returns the id, or refuses it if it is blank or the placeholder that many users share. */
  public static String required(@Nullable String id) {
    String present = Texts.required(id, CODE, "Cognito user id");
    if (present.equals(PLACEHOLDER)) {
      throw new InvalidInputException(
          CODE, "MOCK is the placeholder of users without a login and nobody's Cognito user id.");
    }
    return present;
  }
}
