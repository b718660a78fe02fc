package com.cruddur.db.json;

/** A piece of an SQL text. The pieces of a text, one after the other, are the text. */
record SqlToken(Kind kind, String text, int position) {

  /** What a piece is, as far as it matters for finding parameters and the end of a statement. */
  enum Kind {
    WHITESPACE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    /** {@code '…'} where a backslash is a backslash. */
    STRING,
    /** {@code E'…'}, or the {@code '…'} that continues one on a later line. */
    ESCAPE_STRING,
    DOLLAR_STRING,
    QUOTED_NAME,
    WORD,
    NUMBER,
    OPERATOR,
    OPEN,
    CLOSE,
    /** A {@code :} that is no part of {@code ::} or {@code :=}. */
    COLON,
    SEMICOLON,
    /** {@code ,}, {@code .}, {@code ::} and {@code :=}. */
    PUNCTUATION,
    /**
     * {@code :name}; its text is the name. Made from a colon and a word, never by the tokenizer.
     */
    PARAMETER
  }

  int end() {
    return position + text.length();
  }

  /** Returns whether the server sees the piece at all. */
  boolean isSignificant() {
    return switch (kind) {
      case WHITESPACE, LINE_COMMENT, BLOCK_COMMENT -> false;
      default -> true;
    };
  }

  /** Returns whether the piece is a value by itself, after which no other value can follow. */
  boolean isConstant() {
    return switch (kind) {
      case STRING, ESCAPE_STRING, DOLLAR_STRING, NUMBER -> true;
      default -> false;
    };
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean is(String symbol) {
    return text.equals(symbol);
  }
}
