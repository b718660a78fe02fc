package com.cruddur.db;

/**
 * The handle belongs to another user already. Handles are equal if they differ only in case.
 *
 * @since 0.1.0
 */
public final class HandleTakenException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception. */
  public HandleTakenException() {
    super("The handle is taken by another user. Choose another handle.", null);
  }
}
