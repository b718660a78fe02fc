package com.cruddur.db.json;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement with named parameters, and the values that were given for them.
 *
 * <p>The text means what psql would take it to mean, with {@code standard_conforming_strings} on:
 * comments, a semicolon at the end, every kind of quotes, casts with {@code ::} and jsonb's
 * operators are welcome. A parameter is written {@code :name}, with letters, digits and {@code _};
 * values travel apart from the text and cannot change it. In a subscript the first {@code :}
 * separates the bounds of a slice: a parameter there is written {@code a[1: :last]} or {@code
 * a[(:first): :last]}. In {@code array[:one, :two]} it is written as everywhere. In SQL/JSON's
 * {@code json_object(k : v)} a blank follows the colon.
 *
 * <p>Refused are: a text with no statement or with several, unfinished quotes and comments,
 * brackets without partner, numbered parameters ({@code $1}), functions with a body of {@code BEGIN
 * ATOMIC}, psql's commands and its variables in quotes, JDBC's escapes in braces.
 *
 * <p>Immutable and thread-safe. A text is read once; binding a value is cheap. {@link #toString()}
 * never contains a value.
 *
 * @since 0.1.0
 */
public final class SqlTemplate {

  private final SqlStatement statement;
  private final SequencedMap<String, SqlValue> values;
  private final int wraps;

  private SqlTemplate(SqlStatement statement, SequencedMap<String, SqlValue> values, int wraps) {
    this.statement = statement;
    this.values = values;
    this.wraps = wraps;
  }

  private static SqlTemplate of(SqlStatement statement) {
    return new SqlTemplate(statement, new LinkedHashMap<>(), 0);
  }

  /**
   * Reads a text as SQL.
   *
   * @param sql one statement, with or without a semicolon at its end
   * @return the template, with no values yet
   * @throws IllegalArgumentException if the text is no single statement; the message names the line
   *     and the column, and does not repeat the text
   * @since 0.1.0
   */
  public static SqlTemplate of(String sql) {
    Objects.requireNonNull(sql, "sql");
    return of(SqlStatement.parse(new SqlSource("The SQL text", sql)));
  }

  /**
   * Reads a resource that the calling class can see, as {@link #fromResource(Class, String)} does.
   *
   * @param path from the root of the class path, such as {@code activities/home.sql}
   * @return the template, with no values yet
   * @throws IllegalArgumentException if there is no such resource or its text is no single
   *     statement; the message names the resource
   * @since 0.1.0
   */
  public static SqlTemplate fromResource(String path) {
    return fromResource(SqlResource.caller(), path);
  }

  /**
   * Reads a resource in UTF-8 from the module of a class or, failing that, with its class loader. A
   * named module must open the resource's folder to {@code com.cruddur.db}. Each resource is read
   * once and kept as long as the class.
   *
   * @param anchor a class of the application that contains the resource
   * @param path from the root of the class path, such as {@code activities/home.sql}; {@code ..},
   *     absolute paths and backslashes are refused
   * @return the template, with no values yet
   * @throws IllegalArgumentException if there is no such resource or its text is no single
   *     statement; the message names the resource
   * @throws java.io.UncheckedIOException if the resource cannot be read
   * @since 0.1.0
   */
  public static SqlTemplate fromResource(Class<?> anchor, String path) {
    Objects.requireNonNull(anchor, "anchor");
    Objects.requireNonNull(path, "path");
    return of(SqlResource.statement(anchor, path));
  }

  /**
   * Returns a copy in which the parameter has the value, everywhere the text names it. A later
   * value replaces an earlier one. The types become PostgreSQL's as follows:
   *
   * <ul>
   *   <li>{@code String} and enums (by their name) {@code text}, {@code UUID} {@code uuid}, {@code
   *       Boolean} {@code boolean}, {@code byte[]} {@code bytea}
   *   <li>{@code Short}, {@code Integer}, {@code Long} {@code smallint}, {@code integer}, {@code
   *       bigint}; {@code Float}, {@code Double} {@code real}, {@code double precision}; {@code
   *       BigDecimal}, {@code BigInteger} {@code numeric}
   *   <li>{@code OffsetDateTime}, {@code Instant} {@code timestamptz}, {@code LocalDateTime} {@code
   *       timestamp}, {@code LocalDate} {@code date}, {@code LocalTime} {@code time}, each rounded
   *       to microseconds and none before 4713 BC, but {@code MIN} is {@code -infinity}; {@code
   *       Duration} {@code interval} of hours, minutes and seconds
   *   <li>a {@code Collection} of one of these an array, as in {@code = any(:ids)}; it may be empty
   *       and may have nulls
   *   <li>{@code null}, and a collection of nothing else, the type that its place asks for. Where a
   *       place asks for none, give it one: {@code :since::timestamptz is null}
   * </ul>
   *
   * <p>A text for a column of type json, uuid or of an enum needs a cast too: {@code :body::jsonb}.
   *
   * @param name as in the text, without the colon
   * @param value what to send; it is copied if it can change
   * @return the copy
   * @throws IllegalArgumentException if the text has no such parameter, if the type is not
   *     supported, or if PostgreSQL cannot hold the value (such as a text with U+0000); the message
   *     names the parameter and never the value
   * @since 0.1.0
   */
  public SqlTemplate bind(String name, @Nullable Object value) {
    Objects.requireNonNull(name, "name");
    statement.requireParameter(name);
    SequencedMap<String, SqlValue> more = new LinkedHashMap<>(values);
    more.put(name, SqlValue.of(name, value));
    return new SqlTemplate(statement, more, wraps);
  }

  /** Returns the path of the resource that the text is from, or null. */
  @Nullable String resource() {
    return statement.source().isResource() ? statement.source().name() : null;
  }

  /** Returns {@code <select> FROM <this> AS r <rest>}, with the parameters and values of this. */
  SqlTemplate wrapped(String select, String rest) {
    return new SqlTemplate(statement.wrapped(select, rest), values, wraps + 1);
  }

  /** Returns how often this was wrapped: that many objects of one column are around its rows. */
  int wraps() {
    return wraps;
  }

  /** Returns whether this changes rows, so that a failure in reading its answer must undo it. */
  boolean changesRows() {
    return statement.changesRows();
  }

  /**
   * Returns the statement with {@code ?} for each parameter, without semicolon. Anything may be
   * written around it, as in {@code "select … from (" + jdbcText() + ") r"}.
   */
  String jdbcText() {
    return statement.jdbcText();
  }

  /**
   * Returns what goes in the place of each {@code ?}, in the driver's types.
   *
   * @throws IllegalStateException if a parameter has no value; the message names each
   */
  List<@Nullable Object> jdbcValues() {
    List<@Nullable Object> ordered = new ArrayList<>();
    boundValues().forEach(value -> ordered.add(value.driverValue()));
    return ordered;
  }

  /**
   * Sets the values on a statement that was prepared from {@link #jdbcText()}.
   *
   * @return the index of the next placeholder, if more was written after the text
   * @throws IllegalStateException if a parameter has no value; the message names each
   */
  int setValues(PreparedStatement prepared) throws SQLException {
    statement.requireReadAsWritten(prepared.getConnection());
    int index = 1;
    for (SqlValue value : boundValues()) {
      value.setOn(prepared, index++);
    }
    return index;
  }

  private List<SqlValue> boundValues() {
    statement.requireValues(values.sequencedKeySet());
    return statement.parameters().stream().map(values::get).toList();
  }

  /** Returns where the text is from and the names of its parameters, never a value. */
  @Override
  public String toString() {
    return "SqlTemplate[%s, parameters: %s, with a value: %s]"
        .formatted(
            statement.source().name(),
            SqlStatement.list(statement.names()),
            SqlStatement.list(values.sequencedKeySet()));
  }
}
