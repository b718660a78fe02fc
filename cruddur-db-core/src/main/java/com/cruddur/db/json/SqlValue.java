package com.cruddur.db.json;

import com.cruddur.db.internal.Texts;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that was given for a parameter, checked and in the form that the driver takes. Immutable
 * and thread-safe; says nothing of the value in {@link #toString()} or in an error.
 */
final class SqlValue {

  private final @Nullable Object driverValue;
  private final Setter setter;

  private SqlValue(@Nullable Object driverValue, Setter setter) {
    this.driverValue = driverValue;
    this.setter = setter;
  }

  /**
   * Takes a value for the parameter. A collection is copied.
   *
   * @throws IllegalArgumentException if its type is not supported or PostgreSQL cannot hold it
   */
  static SqlValue of(String parameter, @Nullable Object value) {
    if (value == null) {
      return new SqlValue(null, (statement, index) -> statement.setNull(index, Types.NULL));
    }
    if (value instanceof Collection<?> elements) {
      return array(parameter, elements);
    }
    requireType(parameter, value, "");
    Object driverValue = converted(parameter, value, SqlType::toDriver);
    return new SqlValue(driverValue, (statement, index) -> statement.setObject(index, driverValue));
  }

  private static SqlValue array(String parameter, Collection<?> elements) {
    SqlType type = null;
    List<@Nullable String> texts = new ArrayList<>(elements.size());
    for (Object element : elements) {
      if (element == null) {
        texts.add(null);
        continue;
      }
      SqlType elementType = requireType(parameter, element, "a collection with ");
      if (type != null && !type.sqlName().equals(elementType.sqlName())) {
        throw new IllegalArgumentException(
            "Parameter :%s has elements of more than one type: %s and %s"
                .formatted(parameter, type.sqlName(), elementType.sqlName()));
      }
      type = elementType;
      texts.add(converted(parameter, element, SqlType::toElement));
    }
    List<@Nullable String> copy = Collections.unmodifiableList(texts);
    return new SqlValue(copy, type == null ? untypedNulls(copy.size()) : arrayOf(type, copy));
  }

  private static Setter arrayOf(SqlType type, List<@Nullable String> elements) {
    return (statement, index) -> {
      Array array = statement.getConnection().createArrayOf(type.sqlName(), elements.toArray());
      statement.setArray(index, array);
    };
  }

  /** Nothing tells the type of such elements, so the server deduces it from the place. */
  private static Setter untypedNulls(int count) {
    String text = "{" + String.join(",", Collections.nCopies(count, "NULL")) + "}";
    return (statement, index) -> statement.setObject(index, text, Types.OTHER);
  }

  private static SqlType requireType(String parameter, Object value, String where) {
    SqlType type = SqlType.of(value);
    if (type == null) {
      throw new IllegalArgumentException(
          "Parameter :%s is %sthe unsupported type %s. Supported: %s"
              .formatted(parameter, where, value.getClass().getTypeName(), SqlType.supported()));
    }
    return type;
  }

  private static <T> T converted(String parameter, Object value, Conversion<T> conversion) {
    if (value instanceof String text && Texts.unsendable(text) >= 0) {
      char bad = text.charAt(Texts.unsendable(text));
      throw new IllegalArgumentException(
          "Parameter :%s contains %s, which cannot be sent to PostgreSQL"
              .formatted(parameter, Texts.describe(bad)));
    }
    try {
      return conversion.apply(value);
    } catch (DateTimeException | ArithmeticException tooLarge) {
      // The cause is left out: its message holds the value.
      throw new IllegalArgumentException(
          "Parameter :%s has a value of type %s that PostgreSQL cannot hold"
              .formatted(parameter, value.getClass().getSimpleName()));
    }
  }

  /** Returns the value in the driver's form; a collection as the texts of its elements. */
  @Nullable Object driverValue() {
    return driverValue;
  }

  void setOn(PreparedStatement statement, int index) throws SQLException {
    setter.set(statement, index);
  }

  @FunctionalInterface
  private interface Setter {
    void set(PreparedStatement statement, int index) throws SQLException;
  }

  @FunctionalInterface
  private interface Conversion<T> {
    T apply(Object value);
  }
}
