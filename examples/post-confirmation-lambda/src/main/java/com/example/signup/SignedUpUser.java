package com.example.signup;

import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.cruddur.db.users.NewUser;
import java.util.Map;

/**
 * The row of a user who signed up. Without a preferred_username the handle is {@code user-} and the
 * first eight characters of the sub; without a name the handle is shown. Both can be changed later;
 * without a sub there is no user.
 */
final class SignedUpUser {

  private SignedUpUser() {}

  static NewUser of(CognitoUserPoolPostConfirmationEvent event) {
    Map<String, String> attributes = event.getRequest().getUserAttributes();
    String sub = attributes.get("sub");
    String handle = present(attributes.get("preferred_username"), standIn(sub));
    String name = present(attributes.get("name"), handle);
    return NewUser.of(sub, name, handle, attributes.get("email"));
  }

  private static String standIn(String sub) {
    return sub == null ? null : "user-" + sub.substring(0, Math.min(8, sub.length()));
  }

  private static String present(String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text;
  }
}
