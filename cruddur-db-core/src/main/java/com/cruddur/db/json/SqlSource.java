package com.cruddur.db.json;

import com.cruddur.db.internal.Texts;

/** A text to be read as SQL, and what to call it in messages. */
record SqlSource(String name, String text) {

  /** A resource is called by its path, in which there is no blank. */
  boolean isResource() {
    return name.indexOf(' ') < 0;
  }

  /** Refuses what no server could receive: U+0000 and halves of surrogate pairs. */
  void requireSendable() {
    int bad = Texts.unsendable(text);
    if (bad >= 0) {
      throw error(bad, Texts.describe(text.charAt(bad)) + " cannot be sent to PostgreSQL");
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
}
