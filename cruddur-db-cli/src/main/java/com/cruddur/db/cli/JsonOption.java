package com.cruddur.db.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that print data: for people by default, for programs on demand. */
final class JsonOption {

  @Option(names = "--json", description = "Print JSON, in one line.")
  private boolean wanted;

  boolean isWanted() {
    return wanted;
  }

  /** Writes the value as JSON, or the lines. */
  void print(@Nullable Object value, Supplier<List<String>> lines) {
    if (wanted) {
      Console.json(value);
    } else {
      Console.lines(lines.get());
    }
  }

  /** Returns an object of names and values in turn, in this order. */
  static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }
}
