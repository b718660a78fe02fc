package com.cruddur.db.json;

import java.util.function.IntPredicate;

/** Finds where a quoted or repeated piece of SQL ends, given where it starts. */
final class SqlScanner {

  private final SqlSource source;
  private final String text;

  SqlScanner(SqlSource source) {
    this.source = source;
    this.text = source.text();
  }

  boolean startsWith(String prefix, int position) {
    return text.startsWith(prefix, position);
  }

  /** Returns the character there, or U+0000 (which no text contains) after the end. */
  char at(int position) {
    return position < text.length() ? text.charAt(position) : 0;
  }

  int endOfRun(int start, IntPredicate accepted) {
    int position = start;
    while (position < text.length() && accepted.test(text.charAt(position))) {
      position++;
    }
    return position;
  }

  int endOfLineComment(int start) {
    return endOfRun(start, c -> !SqlCharacters.isLineEnd(c));
  }

  /** Comments nest in PostgreSQL, unlike in most languages. */
  int endOfBlockComment(int start) {
    int depth = 1;
    int position = start + 2;
    while (depth > 0) {
      if (position >= text.length()) {
        throw unterminated(start, "comment", "*/");
      }
      boolean opens = startsWith("/*", position);
      boolean closes = startsWith("*/", position);
      depth += opens ? 1 : closes ? -1 : 0;
      position += opens || closes ? 2 : 1;
    }
    return position;
  }

  /** The quote itself is written twice inside; so is that of names. */
  int endOfQuoted(int start, int openingQuote, String what) {
    char quote = text.charAt(openingQuote);
    int close = text.indexOf(quote, openingQuote + 1);
    while (close >= 0 && at(close + 1) == quote) {
      close = text.indexOf(quote, close + 2);
    }
    if (close < 0) {
      throw unterminated(start, what, String.valueOf(quote));
    }
    return close + 1;
  }

  int endOfEscapeString(int start, int openingQuote) {
    for (int i = openingQuote + 1; i < text.length(); i++) {
      if (at(i) == '\\' || (at(i) == '\'' && at(i + 1) == '\'')) {
        i++;
      } else if (at(i) == '\'') {
        return i + 1;
      }
    }
    throw unterminated(start, "string", "'");
  }

  /** Returns the delimiter such as {@code $tag$} that starts there, or an empty text. */
  String dollarTag(int start) {
    if (SqlCharacters.isDigit(at(start + 1))) {
      return "";
    }
    int close = endOfRun(start + 1, SqlCharacters::isTagPart);
    return at(close) == '$' ? text.substring(start, close + 1) : "";
  }

  int endOfDollarString(int start, String tag) {
    int close = text.indexOf(tag, start + tag.length());
    if (close < 0) {
      throw unterminated(start, "string", tag);
    }
    return close + tag.length();
  }

  /** A comment that starts right after an operator is not part of it. */
  int endOfOperator(int start) {
    int position = start;
    while (SqlCharacters.isOperator(at(position)) && !startsComment(position)) {
      position++;
    }
    return position;
  }

  private boolean startsComment(int position) {
    return startsWith("--", position) || startsWith("/*", position);
  }

  private IllegalArgumentException unterminated(int start, String what, String terminator) {
    return source.error(start, "the " + what + " that begins here lacks its " + terminator);
  }
}
