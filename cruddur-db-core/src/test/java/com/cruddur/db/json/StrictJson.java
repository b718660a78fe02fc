package com.cruddur.db.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON by RFC 8259 to the letter, so that a test sees what any parser would. */
final class StrictJson {

  private static final String NUMBER = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?";

  private final String text;
  private int position;

  private StrictJson(String text) {
    this.text = text;
  }

  static Object read(String text) {
    StrictJson json = new StrictJson(text);
    Object value = json.value();
    json.blanks();
    json.require(json.position == text.length());
    return value;
  }

  private Object value() {
    blanks();
    return switch (text.charAt(position)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    position++;
    blanks();
    while (text.charAt(position) != '}') {
      String key = string();
      blanks();
      require(text.charAt(position++) == ':');
      require(!object.containsKey(key));
      object.put(key, value());
      separator('}');
    }
    position++;
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    position++;
    blanks();
    while (text.charAt(position) != ']') {
      array.add(value());
      separator(']');
    }
    position++;
    return array;
  }

  private void separator(char end) {
    blanks();
    if (text.charAt(position) != end) {
      require(text.charAt(position++) == ',');
      blanks();
      require(text.charAt(position) != end);
    }
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    require(text.charAt(position++) == '"');
    while (text.charAt(position) != '"') {
      char character = text.charAt(position++);
      require(character >= ' ');
      string.append(character == '\\' ? escape() : character);
    }
    position++;
    return string.toString();
  }

  private char escape() {
    char escaped = text.charAt(position++);
    if (escaped == 'u') {
      position += 4;
      return (char) Integer.parseInt(text.substring(position - 4, position), 16);
    }
    int index = "\"\\/bfnrt".indexOf(escaped);
    require(index >= 0);
    return "\"\\/\b\f\n\r\t".charAt(index);
  }

  private Object word() {
    int start = position;
    while (position < text.length() && ",]} \n\t\r".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    String word = text.substring(start, position);
    return switch (word) {
      case "null" -> "null";
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> {
        require(word.matches(NUMBER));
        yield new BigDecimal(word);
      }
    };
  }

  private void blanks() {
    while (position < text.length() && " \n\t\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private void require(boolean holds) {
    if (!holds) {
      throw new AssertionError("no JSON at " + position + ": " + text);
    }
  }
}
