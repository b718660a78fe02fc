package com.cruddur.db.json;

/** A text to be read as SQL, and what to call it in messages. */
record SqlSource(String name, String text) {

  /** Refuses what no server could receive: U+0000 and halves of surrogate pairs. */
  void requireSendable() {
    int bad = unsendable(text);
    if (bad >= 0) {
      throw error(bad, describe(text.charAt(bad)) + " cannot be sent to PostgreSQL");
    }
  }

  /** Returns an error that says where in the text the problem is. The text itself is not shown. */
  IllegalArgumentException error(int position, String problem) {
    int lineStart = text.lastIndexOf('\n', position - 1) + 1;
    long line = 1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    int column = 1 + text.codePointCount(lineStart, position);
    return new IllegalArgumentException(
        name + ", line " + line + ", column " + column + ": " + problem);
  }

  /** Returns the index of the first character that has no UTF-8 form or is U+0000, or -1. */
  static int unsendable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char current = text.charAt(i);
      if (Character.isHighSurrogate(current)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (current == 0 || Character.isSurrogate(current)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the name of a character that may not be readable, such as {@code U+0000}. */
  static String describe(int codePoint) {
    return String.format("U+%04X", codePoint);
  }
}
