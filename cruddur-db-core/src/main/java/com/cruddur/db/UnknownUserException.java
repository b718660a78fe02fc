package com.cruddur.db;

/**
 * There is no user with the given Cognito user id, handle or uuid.
 *
 * @since 0.1.0
 */
public final class UnknownUserException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param attribute by which the user was looked for, such as {@code Cognito user id}
   */
  public UnknownUserException(String attribute) {
    super(
        "There is no user with this "
            + attribute
            + ". Insert the user first: UserDao.insert may be called again and again.",
        null);
  }
}
