package com.cruddur.db.aws;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.Credentials;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a secret holds. Immutable, compared by identity. */
final class Secret {

  private final String id;
  private final @Nullable String user;
  private final String password;

  private Secret(String id, @Nullable String user, String password) {
    this.id = id;
    this.user = user;
    this.password = password;
  }

  /**
   * Reads the answer to GetSecretValue, and the JSON in it.
   *
   * @throws IllegalStateException if something is missing; the message names it and shows nothing
   */
  static Secret of(String id, String answer) {
    String text = member(id, JsonMembers.read(answer), "SecretString", "is no text");
    Map<String, String> members = JsonMembers.read(text);
    return new Secret(
        id, members.get("username"), member(id, members, "password", "has no password"));
  }

  private static String member(
      String id, Map<String, String> members, String name, String otherwise) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalStateException(
          "The secret "
              + id
              + " "
              + otherwise
              + ". Store a JSON object with username and password, as RDS does.");
    }
    return value;
  }

  Credentials credentials(ConnectionUrl url) {
    return new Credentials(user == null ? userOf(url) : user, password);
  }

  private String userOf(ConnectionUrl url) {
    return url.user()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Neither the secret " + id + " nor the connection URL names a user."));
  }
}
