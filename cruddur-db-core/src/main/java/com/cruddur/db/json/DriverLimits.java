package com.cruddur.db.json;

/**
 * What the JDBC driver, which looks for placeholders in a text itself, would not recognise as
 * PostgreSQL does. Such a text is refused, because the driver could find a {@code ?} or a {@code ;}
 * where there is none.
 */
final class DriverLimits {

  static final String UNREADABLE_WORD =
      "the JDBC driver does not recognise this name with a $ in it; put it in double quotes";

  static final String UNREADABLE_TAG =
      "the JDBC driver does not recognise this dollar quote; use letters and digits for its tag";

  private DriverLimits() {}

  /** The driver takes a {@code $} for a quote unless a character before it belongs to a name. */
  static boolean readsWord(String word) {
    for (int i = word.indexOf('$'); i > 0; i = word.indexOf('$', i + 1)) {
      if (!Character.isJavaIdentifierPart(word.charAt(i - 1))) {
        return false;
      }
    }
    return true;
  }

  /** Takes a whole delimiter, such as {@code $tag$}. */
  static boolean readsTag(String delimiter) {
    String tag = delimiter.substring(1, delimiter.length() - 1);
    return tag.isEmpty()
        || (Character.isJavaIdentifierStart(tag.charAt(0))
            && tag.chars().allMatch(c -> Character.isJavaIdentifierPart((char) c)));
  }
}
