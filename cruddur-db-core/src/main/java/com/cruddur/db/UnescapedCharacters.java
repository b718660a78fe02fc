package com.cruddur.db;

/**
 * The characters that somebody seems to have forgotten to escape.
 *
 * <p>libpq ends the user name and password at the first {@code @} that comes before the first
 * {@code /}. Another {@code @} behind that point tells that one of these two may have stood in the
 * password, and that pieces of the password are now taken for a host, a port or a database.
 */
enum UnescapedCharacters {
  NONE(""),
  AT(" If an @ belongs to the user name or password, write it as %40."),
  AT_OR_SLASH(
      " If a / or an @ belongs to the user name, password or database, write it as %2F or %40.");

  private final String advice;

  UnescapedCharacters(String advice) {
    this.advice = advice;
  }

  /** Looks for them in what follows the user name and password. */
  static UnescapedCharacters in(String rest) {
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      return NONE;
    }
    int slash = rest.indexOf('/');
    return slash < 0 || at < slash ? AT : AT_OR_SLASH;
  }

  /** Makes the exception for a fault of the URI, with advice if one of these may be its cause. */
  IllegalArgumentException refuse(String fault) {
    return new IllegalArgumentException(fault + "." + advice);
  }
}
