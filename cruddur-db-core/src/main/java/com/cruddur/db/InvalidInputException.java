package com.cruddur.db;

/**
 * An input that Cruddur does not accept, refused before any query.
 *
 * @since 0.1.0
 */
public final class InvalidInputException extends CruddurDbException {

  private static final long serialVersionUID = 1L;

  /** The code that the web client shows. */
  private final String code;

  /**
   * Makes an exception.
   *
   * @param code the code that the web client shows, such as {@code message_blank}
   * @param message what is wrong with the input, without the input itself
   */
  public InvalidInputException(String code, String message) {
    super(message, null);
    this.code = code;
  }

  /**
   * Returns the code that the web client shows.
   *
   * @return a code such as {@code message_blank} or {@code cursor_invalid}
   */
  public String code() {
    return code;
  }
}
