package com.cruddur.db;

/**
 * There is no activity with the given uuid, or it has expired: it, or one that it is a reply to.
 *
 * @since 0.1.0
 */
public final class UnknownActivityException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception. */
  public UnknownActivityException() {
    super(
        "There is no activity with this uuid, or it has expired. Show the feed again: what it lists"
            + " is alive.",
        null);
  }
}
