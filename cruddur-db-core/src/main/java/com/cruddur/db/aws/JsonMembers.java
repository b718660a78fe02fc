package com.cruddur.db.aws;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads the members of a JSON object that are texts; others are passed over. What is no JSON gives
 * no members, and no exception: its message might hold a secret.
 */
final class JsonMembers {

  private final String json;
  private final Map<String, String> members = new HashMap<>();
  private int position;

  private JsonMembers(String json) {
    this.json = json;
  }

  static Map<String, String> read(String json) {
    try {
      JsonMembers reader = new JsonMembers(json);
      reader.readObject();
      return reader.members;
    } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
      return Map.of();
    }
  }

  /** Writes a text as the inside of a JSON text. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        escaped.append('\\').append(character);
      } else if (character < ' ') {
        escaped.append(String.format("\\u%04x", (int) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }

  private void readObject() {
    skipTo('{');
    while (next() == '"') {
      String name = text();
      skipTo(':');
      if (next() == '"') {
        members.put(name, text());
      } else {
        skipValue();
      }
      if (next() == ',') {
        position++;
      }
    }
  }

  /** Returns the next character that is no white space, without taking it. */
  private char next() {
    while (" \t\r\n".indexOf(json.charAt(position)) >= 0) {
      position++;
    }
    return json.charAt(position);
  }

  private void skipTo(char expected) {
    if (next() != expected) {
      throw new IndexOutOfBoundsException();
    }
    position++;
  }

  /** Ends on the comma or bracket behind a number, an object and so on. */
  private void skipValue() {
    int depth = 0;
    while (depth > 0 || (next() != ',' && next() != '}')) {
      switch (next()) {
        case '"' -> text();
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

  private String text() {
    StringBuilder text = new StringBuilder();
    position++;
    while (json.charAt(position) != '"') {
      text.append(json.charAt(position) == '\\' ? escaped() : json.charAt(position));
      position++;
    }
    position++;
    return text.toString();
  }

  private char escaped() {
    char character = json.charAt(++position);
    return switch (character) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        position += 4;
        yield (char) Integer.parseInt(json, position - 3, position + 1, 16);
      }
      default -> character;
    };
  }
}
