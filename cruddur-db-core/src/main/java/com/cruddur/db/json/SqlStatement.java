package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A text that was read once: what the JDBC driver gets, and which parameter each placeholder is.
 * Immutable and thread-safe.
 *
 * @param source the text as it was written
 * @param jdbcText one statement without semicolon, with {@code ?} for each parameter; anything may
 *     be written around it
 * @param parameters the names, one for each {@code ?}, in their order
 * @param main where in that text its main query begins, after a WITH clause
 * @param changesRows whether it is an INSERT, UPDATE, DELETE or MERGE, or has one in WITH
 * @param needsStandardStrings whether it reads otherwise with standard_conforming_strings off
 */
record SqlStatement(
    SqlSource source,
    String jdbcText,
    List<String> parameters,
    int main,
    boolean changesRows,
    boolean needsStandardStrings) {

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

  /**
   * Returns {@code <select> FROM <this> AS r <rest>}, with the parameters of this. What changes
   * rows goes into the WITH clause, and its own clause before it: nowhere else PostgreSQL takes it.
   */
  SqlStatement wrapped(String select, String rest) {
    if (!changesRows) {
      return with(select + " FROM (" + jdbcText + ") AS r " + rest, 0);
    }
    String clause = main == 0 ? "WITH " : jdbcText.substring(0, main) + ", ";
    String before = clause + "cruddur_rows AS (" + jdbcText.substring(main) + ") ";
    return with(before + select + " FROM cruddur_rows AS r " + rest, before.length());
  }

  private SqlStatement with(String text, int start) {
    return new SqlStatement(source, text, parameters, start, changesRows, needsStandardStrings);
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

  /**
   * Refuses a session to which a backslash in a plain string is an escape: the string would end
   * elsewhere than it was read to end. Asks for what the server reported last; no round trip.
   */
  void requireReadAsWritten(Connection connection) throws SQLException {
    if (needsStandardStrings && !"on".equals(standardStrings(connection))) {
      throw new CruddurDbException(
          source.name()
              + " has a backslash in a string, and standard_conforming_strings is off in this"
              + " session. Turn it on, or write the string as E'…' with two backslashes.",
          null);
    }
  }

  private static @Nullable String standardStrings(Connection connection) throws SQLException {
    PGConnection session = connection.unwrap(PGConnection.class);
    return session.getParameterStatus("standard_conforming_strings");
  }

  static String list(SequencedSet<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().map(name -> ":" + name).collect(Collectors.joining(", "));
  }
}
