package com.cruddur.db.internal;

import com.cruddur.db.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks of texts that come from outside. Characters are Unicode code points. */
public final class Texts {

  /** What an index holds, less its own bytes. */
  private static final int MAX_INDEXED_BYTES = 2600;

  private Texts() {}

  /** Returns the text, or refuses it with the code if it is absent or blank. */
  public static String required(@Nullable String text, String code, String name) {
    if (text == null || text.codePoints().allMatch(Texts::isInvisible)) {
      throw new InvalidInputException(code, "The " + name + " is blank.");
    }
    return storable(text, code, name);
  }

  /** White space, also what does not break, and what only formats, such as U+200B. */
  private static boolean isInvisible(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.getType(character) == Character.FORMAT;
  }

  /** Returns the text, or refuses it with the code if it is longer than the limit. */
  public static String limited(String text, int limit, String code, String name) {
    int length = text.codePointCount(0, text.length());
    if (length > limit) {
      throw new InvalidInputException(
          code, "The " + name + " has " + length + " characters; the limit is " + limit + ".");
    }
    return text;
  }

  /**
   * Returns the text, or refuses it with the code if a B-tree index on it, or on it in lower case,
   * could not hold it: an entry has at most 2704 bytes (PostgreSQL manual, "B-Tree Indexes").
   */
  public static String indexable(String text, String code, String name) {
    int length = Math.max(utf8Length(text), utf8Length(text.toLowerCase(Locale.ROOT)));
    if (length > MAX_INDEXED_BYTES) {
      throw new InvalidInputException(
          code,
          "The %s has %d bytes in UTF-8; the limit is %d."
              .formatted(name, length, MAX_INDEXED_BYTES));
    }
    return text;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Returns the text, or refuses it: PostgreSQL can hold every character but U+0000, and for half
   * of a surrogate pair the driver would send a question mark.
   */
  public static String storable(String text, String code, String name) {
    int bad = unsendable(text);
    if (bad >= 0) {
      throw new InvalidInputException(
          code,
          "The %s contains %s, which PostgreSQL cannot store."
              .formatted(name, describe(text.charAt(bad))));
    }
    return text;
  }

  /** Returns the index of the first character that has no UTF-8 form or is U+0000, or -1. */
  public static int unsendable(String text) {
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
  public static String describe(int codePoint) {
    return String.format("U+%04X", codePoint);
  }
}
