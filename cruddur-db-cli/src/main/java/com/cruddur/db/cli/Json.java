package com.cruddur.db.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes JSON of maps, lists, texts, numbers, booleans and nulls, for {@code --json}. */
final class Json {

  /** A text that is JSON already. */
  record Ready(String json) {}

  private Json() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Ready ready -> ready.json();
      case Map<?, ?> object -> object(object);
      case List<?> array -> array.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> text(value.toString());
    };
  }

  private static String object(Map<?, ?> object) {
    return object.entrySet().stream()
        .map(entry -> text(String.valueOf(entry.getKey())) + ":" + of(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      switch (character) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        default -> {
          if (character < ' ') {
            json.append("\\u%04x".formatted((int) character));
          } else {
            json.append(character);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
