package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks whether an object that row_to_json wrote has a key twice: PostgreSQL writes both, and most
 * parsers keep one without a word. The columns are the same in every row, so the first row tells.
 */
final class DuplicateKeys {

  private final byte[] json;
  private final Set<String> keys = new HashSet<>();
  private int position;

  private DuplicateKeys(byte[] json, int start) {
    this.json = json;
    this.position = start;
  }

  /**
   * Reads the object that is there, or is the first of an array, if one is.
   *
   * @param wraps how many objects below, each the first value of the one above, to read too
   * @throws CruddurDbException if a key occurs twice; the message names it
   */
  static void refuse(byte[] json, int wraps) {
    refuse(json, 0, wraps);
  }

  private static void refuse(byte[] json, int start, int wraps) {
    int object = start < json.length && json[start] == '[' ? start + 1 : start;
    if (object < json.length && json[object] == '{') {
      new DuplicateKeys(json, object).read(wraps);
    }
  }

  private void read(int wraps) {
    position++;
    while (json[position] == '"') {
      String key = key();
      if (!keys.add(key)) {
        throw new CruddurDbException(
            "Two columns of the query are named "
                + key
                + ". Give each a name of its own, with AS: they become the keys of the JSON.",
            null);
      }
      if (wraps > 0 && keys.size() == 1) {
        refuse(json, position + 1, wraps - 1);
      }
      skipValue();
      if (json[position] == '}') {
        return;
      }
      position++;
    }
  }

  private String key() {
    int start = position;
    skipText();
    return new String(json, start, position - start, StandardCharsets.UTF_8);
  }

  /** Ends on the comma behind the value, or on the brace behind the last one. */
  private void skipValue() {
    int depth = 0;
    while (depth > 0 || (json[position] != ',' && json[position] != '}')) {
      switch (json[position]) {
        case '"' -> skipText();
        case '{', '[' -> {
          depth++;
          position++;
        }
        case '}', ']' -> {
          depth--;
          position++;
        }
        default -> position++;
      }
    }
  }

  /** Ends behind the closing quote. */
  private void skipText() {
    position++;
    while (json[position] != '"') {
      position += json[position] == '\\' ? 2 : 1;
    }
    position++;
  }
}
