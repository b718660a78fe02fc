package com.cruddur.db.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGInterval;

/** The Java types that can be bound, each with the PostgreSQL type that it becomes. */
enum SqlType {
  TEXT(String.class, "text"),
  UNIQUE_ID(UUID.class, "uuid"),
  INTEGER(Integer.class, "int4"),
  LONG(Long.class, "int8"),
  SHORT(Short.class, "int2"),
  BIG_DECIMAL(BigDecimal.class, "numeric"),
  BIG_INTEGER(BigInteger.class, "numeric"),
  DOUBLE(Double.class, "float8"),
  FLOAT(Float.class, "float4"),
  BOOLEAN(Boolean.class, "bool"),
  OFFSET_DATE_TIME(OffsetDateTime.class, "timestamptz"),
  INSTANT(Instant.class, "timestamptz"),
  LOCAL_DATE_TIME(LocalDateTime.class, "timestamp"),
  LOCAL_DATE(LocalDate.class, "date"),
  LOCAL_TIME(LocalTime.class, "time"),
  DURATION(Duration.class, "interval"),
  BYTES(byte[].class, "bytea");

  /** The bounds of numeric (PostgreSQL manual, "Numeric Types"). */
  private static final int MAX_DIGITS = 131_072;

  private static final int MAX_SCALE = 16_383;

  private final Class<?> javaType;
  private final String sqlName;

  SqlType(Class<?> javaType, String sqlName) {
    this.javaType = javaType;
    this.sqlName = sqlName;
  }

  /** Returns the type of a value, or null if such a value cannot be bound. */
  static @Nullable SqlType of(Object value) {
    if (value instanceof Enum<?>) {
      return TEXT;
    }
    for (SqlType type : values()) {
      if (type.javaType.isInstance(value)) {
        return type;
      }
    }
    return null;
  }

  static String supported() {
    return Arrays.stream(values())
        .map(type -> type.javaType.getSimpleName())
        .collect(Collectors.joining(", ", "", ", enums, and collections of one of these"));
  }

  String sqlName() {
    return sqlName;
  }

  /**
   * Returns the value as the driver takes it. A value that can change is copied.
   *
   * @throws java.time.DateTimeException if the type in PostgreSQL has no such value
   * @throws ArithmeticException likewise
   */
  static Object toDriver(Object value) {
    return switch (value) {
      case Enum<?> constant -> constant.name();
      case BigDecimal number -> numeric(number);
      case BigInteger number -> numeric(new BigDecimal(number));
      case Instant instant -> SqlTimes.sendable(instant);
      case OffsetDateTime time -> SqlTimes.sendable(time);
      case LocalDateTime time -> SqlTimes.sendable(time);
      case LocalDate date -> SqlTimes.sendable(date);
      case Duration duration -> interval(duration);
      case byte[] bytes -> bytes.clone();
      default -> value;
    };
  }

  /** Returns the value as the text of an array's element. */
  static String toElement(Object value) {
    Object driverValue = toDriver(value);
    return switch (driverValue) {
      case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
      case OffsetDateTime time -> SqlTimes.text(time);
      case LocalDateTime time -> SqlTimes.text(time);
      case LocalTime time -> SqlTimes.text(time);
      case LocalDate date -> SqlTimes.text(date);
      default -> driverValue.toString();
    };
  }

  /**
   * The driver writes all digits of a number such as 1E+999999999, before the server refuses it.
   */
  private static BigDecimal numeric(BigDecimal number) {
    long digits = (long) number.precision() - number.scale();
    if (digits > MAX_DIGITS || number.scale() > MAX_SCALE) {
      throw new ArithmeticException();
    }
    return number;
  }

  /** Every part has the sign of the whole, as PostgreSQL wants it; days and months stay zero. */
  private static PGInterval interval(Duration duration) {
    double seconds = duration.toSecondsPart() + duration.toNanosPart() / 1e9;
    int hours = Math.toIntExact(duration.toHours());
    return new PGInterval(0, 0, 0, hours, duration.toMinutesPart(), seconds);
  }
}
