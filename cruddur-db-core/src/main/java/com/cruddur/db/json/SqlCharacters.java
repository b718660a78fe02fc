package com.cruddur.db.json;

/**
 * The classes of characters in PostgreSQL's lexical rules (manual section 4.1, and {@code scan.l}
 * of the server's parser). The server works on bytes: each character beyond ASCII counts as a
 * letter.
 */
final class SqlCharacters {

  private SqlCharacters() {}

  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isWordStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  static boolean isTagPart(int c) {
    return isWordStart(c) || isDigit(c);
  }

  static boolean isWordPart(int c) {
    return isTagPart(c) || c == '$';
  }

  static boolean isOperator(int c) {
    return "~!@#^&|`?+-*/%<>=".indexOf(c) >= 0;
  }

  /** Returns whether a word is a parameter's name: a letter or {@code _}, then also digits. */
  static boolean isParameterName(String word) {
    int first = word.codePointAt(0);
    return (Character.isLetter(first) || first == '_')
        && word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
  }
}
