package com.cruddur.db.json;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Dates and times as PostgreSQL reads them: a year has an era instead of a sign, and the driver's
 * convention holds that the largest and the smallest value mean {@code infinity} and {@code
 * -infinity}.
 */
final class SqlTimes {

  /** Half a microsecond: the server keeps microseconds, and the driver rounds half up. */
  private static final long HALF = 500;

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NOT_NEGATIVE)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME_WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(TIME)
          .appendOffset("+HH:MM:ss", "Z")
          .toFormatter(Locale.ROOT);

  private static final Map<Object, String> INFINITE =
      Map.of(
          OffsetDateTime.MAX, "infinity",
          LocalDateTime.MAX, "infinity",
          LocalDate.MAX, "infinity",
          OffsetDateTime.MIN, "-infinity",
          LocalDateTime.MIN, "-infinity",
          LocalDate.MIN, "-infinity");

  /** The driver sends {@code -infinity} for whatever is before. */
  private static final LocalDate EARLIEST = LocalDate.of(-4712, 1, 1);

  private SqlTimes() {}

  /** Returns the time as the driver takes it, or throws if it would be sent as another. */
  static OffsetDateTime sendable(Instant instant) {
    return sendable(instant.atOffset(ZoneOffset.UTC));
  }

  static OffsetDateTime sendable(OffsetDateTime time) {
    requireSendable(time, time.equals(OffsetDateTime.MIN) || !before(time));
    return time;
  }

  static LocalDateTime sendable(LocalDateTime time) {
    requireSendable(time, time.equals(LocalDateTime.MIN) || !before(time.atOffset(ZoneOffset.UTC)));
    return time;
  }

  static LocalDate sendable(LocalDate date) {
    requireSendable(date, date.equals(LocalDate.MIN) || !date.isBefore(EARLIEST));
    return date;
  }

  private static boolean before(OffsetDateTime time) {
    return time.toInstant().isBefore(EARLIEST.atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  private static void requireSendable(Object time, boolean sendable) {
    if (!sendable) {
      throw new DateTimeException(time.getClass().getSimpleName());
    }
  }

  static String text(OffsetDateTime time) {
    return infinite(time)
        .orElseGet(() -> withEra(TIME_WITH_OFFSET, time.plusNanos(HALF).truncatedTo(MICROS)));
  }

  static String text(LocalDateTime time) {
    return infinite(time).orElseGet(() -> withEra(TIME, time.plusNanos(HALF).truncatedTo(MICROS)));
  }

  static String text(LocalDate date) {
    return infinite(date).orElseGet(() -> withEra(DATE, date));
  }

  static String text(LocalTime time) {
    LocalTime rounded = time.plusNanos(HALF).truncatedTo(MICROS);
    boolean nextDay = rounded.isBefore(time.truncatedTo(MICROS));
    return nextDay ? "24:00:00" : rounded.toString();
  }

  private static Optional<String> infinite(Object time) {
    return Optional.ofNullable(INFINITE.get(time));
  }

  private static String withEra(DateTimeFormatter formatter, TemporalAccessor time) {
    boolean before = time.get(ChronoField.ERA) == IsoEra.BCE.getValue();
    return formatter.format(time) + (before ? " BC" : "");
  }
}
