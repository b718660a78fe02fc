package com.cruddur.db.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes a small JSON object (RFC 8259) that no database made. Not thread-safe. */
public final class JsonWriter {

  private static final int MILLIS = 3;

  private final StringJoiner members = new StringJoiner(",", "{", "}");

  /** Makes an object without members. */
  public JsonWriter() {}

  /** Adds a text, or null. */
  public JsonWriter text(String name, @Nullable String value) {
    return raw(name, value == null ? null : quoted(value));
  }

  /** Adds a number. */
  public JsonWriter number(String name, long value) {
    return raw(name, String.valueOf(value));
  }

  /** Adds true or false. */
  public JsonWriter bool(String name, boolean value) {
    return raw(name, String.valueOf(value));
  }

  /** Adds a number of seconds with milliseconds, or null. */
  public JsonWriter seconds(String name, @Nullable Duration value) {
    return raw(
        name, value == null ? null : BigDecimal.valueOf(value.toMillis(), MILLIS).toPlainString());
  }

  /** Adds what is JSON already, or null. */
  public JsonWriter raw(String name, @Nullable String json) {
    members.add(quoted(name) + ":" + json);
    return this;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ') {
        quoted.append(String.format("\\u%04x", (int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
