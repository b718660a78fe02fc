package com.cruddur.db;

import java.util.Objects;

/**
 * What a connection logs in with. Immutable and thread-safe. {@link #toString()} never contains the
 * password.
 *
 * @param user the name of the role
 * @param password the password or token, in clear; empty for none
 * @since 0.1.0
 */
public record Credentials(String user, String password) {

  /**
   * Makes a pair.
   *
   * @param user the name of the role
   * @param password the password or token, in clear; empty for none
   * @throws IllegalArgumentException if the user is blank
   * @since 0.1.0
   */
  public Credentials {
    Objects.requireNonNull(password, "password");
    if (user.isBlank()) {
      throw new IllegalArgumentException("Credentials need the name of a user.");
    }
  }

  /** Returns the user up to a colon, and {@code ***} in place of the password. */
  @Override
  public String toString() {
    return "Credentials[user=" + Concealment.user(user) + ", password=***]";
  }
}
