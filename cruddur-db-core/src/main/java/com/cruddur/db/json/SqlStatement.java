package com.cruddur.db.json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * A text that was read once: what the JDBC driver gets, and which parameter each placeholder is.
 * Immutable and thread-safe.
 *
 * @param source the text as it was written
 * @param jdbcText one statement without semicolon, with {@code ?} for each parameter; anything may
 *     be written around it
 * @param parameters the names, one for each {@code ?}, in their order
 * @param changesRows whether it begins as INSERT, UPDATE, DELETE or MERGE do
 */
record SqlStatement(
    SqlSource source, String jdbcText, List<String> parameters, boolean changesRows) {

  SqlStatement {
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is no single statement, with the place
   */
  static SqlStatement parse(SqlSource source) {
    return JdbcText.write(source, SqlParser.parse(source));
  }

  /** Returns a query with this one inside, and with its parameters. */
  SqlStatement within(String before, String after) {
    return new SqlStatement(source, before + jdbcText + after, parameters, false);
  }

  /** Returns the names without repetition, in the order in which the text first has them. */
  SequencedSet<String> names() {
    return new LinkedHashSet<>(parameters);
  }

  void requireParameter(String name) {
    if (!parameters.contains(name)) {
      throw new IllegalArgumentException(
          source.name() + " has no parameter :" + name + "; it has " + list(names()));
    }
  }

  void requireValues(SequencedSet<String> bound) {
    SequencedSet<String> missing = names();
    missing.removeAll(bound);
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          source.name() + " needs a value for " + list(missing) + "; null is a value too");
    }
  }

  static String list(SequencedSet<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(name -> ":" + name).collect(Collectors.joining(", "));
  }
}
