package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.internal.SqlFunction;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the only column of the only row, in one of the types that are offered for it. */
final class SingleValue {

  private static final Map<Class<?>, SqlFunction<ResultSet, @Nullable Object>> READERS =
      new LinkedHashMap<>();

  static {
    READERS.put(String.class, row -> row.getString(1));
    READERS.put(UUID.class, row -> row.getObject(1, UUID.class));
    READERS.put(Boolean.class, row -> row.getBoolean(1));
    READERS.put(Integer.class, row -> number(row, BigDecimal::intValueExact));
    READERS.put(Long.class, row -> number(row, BigDecimal::longValueExact));
    READERS.put(Double.class, SingleValue::real);
    READERS.put(BigDecimal.class, row -> row.getBigDecimal(1));
    READERS.put(byte[].class, row -> row.getBytes(1));
    READERS.put(OffsetDateTime.class, row -> row.getObject(1, OffsetDateTime.class));
    READERS.put(Instant.class, SingleValue::instant);
    READERS.put(LocalDate.class, row -> row.getObject(1, LocalDate.class));
    READERS.put(LocalDateTime.class, row -> row.getObject(1, LocalDateTime.class));
    READERS.put(LocalTime.class, row -> row.getObject(1, LocalTime.class));
  }

  private static final Set<String> EXACT = Set.of("int8", "numeric");

  private SingleValue() {}

  /**
   * Returns what reads a value of the type; no row and NULL are nothing.
   *
   * @param wraps as in {@link WrappedQuery#wraps()}
   * @throws IllegalArgumentException if the type is not offered
   */
  static <T> WrappedQuery.RowReader<Optional<T>> reader(Class<T> type, int wraps) {
    SqlFunction<ResultSet, @Nullable Object> column = READERS.get(type);
    if (column == null) {
      throw new IllegalArgumentException(
          "A value cannot be read as %s. Ask for one of %s."
              .formatted(
                  type.getName(),
                  READERS.keySet().stream()
                      .map(Class::getSimpleName)
                      .collect(Collectors.joining(", "))));
    }
    return rows ->
        onlyValue(
            rows,
            row -> {
              refuseDuplicateKeys(row, wraps);
              return read(row, column, type);
            });
  }

  private static void refuseDuplicateKeys(ResultSet row, int wraps) throws SQLException {
    byte[] json = wraps == 0 ? null : row.getBytes(1);
    if (json != null) {
      DuplicateKeys.refuse(json, wraps - 1);
    }
  }

  private static <T> Optional<T> onlyValue(
      ResultSet rows, SqlFunction<ResultSet, @Nullable T> column) throws SQLException {
    if (rows.getMetaData().getColumnCount() != 1) {
      throw new CruddurDbException(
          "The query of a value gave more than one column. Select one, or ask for an object.",
          null);
    }
    if (!rows.next()) {
      return Optional.empty();
    }
    T value = column.apply(rows);
    Optional<T> present = rows.wasNull() ? Optional.empty() : Optional.ofNullable(value);
    if (rows.next()) {
      throw new CruddurDbException(
          "The query of a value gave more than one row. Narrow it to one row, or ask for an"
              + " array.",
          null);
    }
    return present;
  }

  /** The row is here already: what fails is the conversion. The driver's message has the value. */
  private static <T> @Nullable T read(
      ResultSet row, SqlFunction<ResultSet, @Nullable Object> column, Class<T> type)
      throws SQLException {
    try {
      return type.cast(column.apply(row));
    } catch (SQLException | ClassCastException | ArithmeticException unreadable) {
      throw new SQLException(
          "A value of type %s cannot be read as %s: cast it in the query, or ask for a String"
              .formatted(row.getMetaData().getColumnTypeName(1), type.getSimpleName()),
          "42846");
    }
  }

  /** The driver's own getInt cuts off a fraction. */
  private static @Nullable Object number(ResultSet row, Function<BigDecimal, Object> exact)
      throws SQLException {
    BigDecimal number = row.getBigDecimal(1);
    return number == null ? null : exact.apply(number);
  }

  /** A fraction may be rounded; a whole number, of which a double has 53 bits, may not. */
  private static @Nullable Object real(ResultSet row) throws SQLException {
    double real = row.getDouble(1);
    if (EXACT.contains(row.getMetaData().getColumnTypeName(1)) && !isNamed(row.getString(1))) {
      BigDecimal number = row.getBigDecimal(1);
      if (number.stripTrailingZeros().scale() <= 0 && isChanged(number, real)) {
        throw new ArithmeticException();
      }
    }
    return real;
  }

  /** NULL, NaN or an infinity. */
  private static boolean isNamed(@Nullable String text) {
    return text == null || text.endsWith("N") || text.endsWith("y");
  }

  private static boolean isChanged(BigDecimal number, double real) {
    return Double.isInfinite(real) || new BigDecimal(real).compareTo(number) != 0;
  }

  private static @Nullable Object instant(ResultSet row) throws SQLException {
    OffsetDateTime time = row.getObject(1, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
