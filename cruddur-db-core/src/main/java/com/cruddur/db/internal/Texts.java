package com.cruddur.db.internal;

import com.cruddur.db.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Checks of texts that come from outside. Characters are Unicode code points. */
public final class Texts {

  private Texts() {}

  /** Returns the text, or refuses it with the code if it is absent or blank. */
  public static String required(@Nullable String text, String code, String name) {
    if (text == null || text.isBlank()) {
      throw new InvalidInputException(code, "The " + name + " is blank.");
    }
    return storable(text, code, name);
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

  /** Returns the text, or refuses it: PostgreSQL can hold every character but U+0000. */
  public static String storable(String text, String code, String name) {
    if (text.indexOf('\0') >= 0) {
      throw new InvalidInputException(
          code, "The " + name + " contains U+0000, which PostgreSQL cannot store.");
    }
    return text;
  }
}
