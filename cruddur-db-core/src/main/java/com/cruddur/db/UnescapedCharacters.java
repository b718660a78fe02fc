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
      " If a / or an @ belongs to the user name, password or database, write it as %2F or %40."),

  /** It may belong to the database's name: libpq's reading counts, but no part of it is shown. */
  PERHAPS(AT_OR_SLASH.advice);

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

  /**
   * Looks for them in what stands between the user name and password and the parameters. An address
   * that was torn apart goes on behind the {@code @} with a port or a database.
   */
  static UnescapedCharacters behindUserInfo(String address) {
    String tail = address.substring(address.lastIndexOf('@') + 1);
    boolean onlyInDatabase =
        in(address) == AT_OR_SLASH && address.indexOf('/') < address.indexOf('@');
    return onlyInDatabase && tail.chars().noneMatch(character -> "/:".indexOf(character) >= 0)
        ? PERHAPS
        : in(address);
  }

  /** Whether what follows from the URI may be a piece of a password, and must not be used. */
  boolean isForgotten() {
    return this == AT || this == AT_OR_SLASH;
  }

  /** What to do about it, or an empty text. */
  String advice() {
    return advice;
  }

  /** Makes the exception for a fault of the URI, with advice if one of these may be its cause. */
  IllegalArgumentException refuse(String fault) {
    return new IllegalArgumentException(fault + "." + advice);
  }
}
