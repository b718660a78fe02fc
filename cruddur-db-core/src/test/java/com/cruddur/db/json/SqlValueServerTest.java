package com.cruddur.db.json;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The type and the value that a real server receives. */
class SqlValueServerTest {

  private static final SqlTemplate ONE = SqlTemplate.of("select pg_typeof(:a), :a::text");

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TemplateRows.connect();
    try (var statement = connection.createStatement()) {
      statement.execute("set time zone 'UTC'");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @MethodSource("values")
  void sendsAValueWithItsType(Object value, String type, String text) throws SQLException {
    assertThat(TemplateRows.row(connection, ONE.bind("a", value))).containsExactly(type, text);
  }

  @ParameterizedTest
  @MethodSource("values")
  void sendsTheSameValueInACollection(Object value, String type, String text) throws SQLException {
    SqlTemplate template = SqlTemplate.of("select pg_typeof(:a), (:a)[1]::text, (:a)[2] is null");
    Collection<?> elements = Arrays.asList(value, null);

    assertThat(TemplateRows.row(connection, template.bind("a", elements)))
        .containsExactly(type.replace("character varying", "text") + "[]", text, "t");
  }

  static List<Object[]> values() {
    UUID uuid = UUID.fromString("6f1f2f3e-0000-4000-8000-0000000000ff");
    return List.of(
        of("it's \\ \"x\" {NULL,}", "character varying", "it's \\ \"x\" {NULL,}"),
        of("", "character varying", ""),
        of("null", "character varying", "null"),
        of(DayOfWeek.FRIDAY, "character varying", "FRIDAY"),
        of(uuid, "uuid", uuid.toString()),
        of(-5, "integer", "-5"),
        of(Long.MIN_VALUE, "bigint", "-9223372036854775808"),
        of((short) 5, "smallint", "5"),
        of(new BigDecimal("1.50"), "numeric", "1.50"),
        of(new BigDecimal("1E+3"), "numeric", "1000"),
        of(BigInteger.TWO.pow(70), "numeric", "1180591620717411303424"),
        of(0.1, "double precision", "0.1"),
        of(Double.NaN, "double precision", "NaN"),
        of(Double.NEGATIVE_INFINITY, "double precision", "-Infinity"),
        of(0.1f, "real", "0.1"),
        of(true, "boolean", "true"),
        of(new byte[] {0, -1, '\\'}, "bytea", "\\x00ff5c"),
        of(
            OffsetDateTime.of(2026, 11, 24, 1, 2, 3, 4000, ZoneOffset.ofHours(2)),
            "timestamp with time zone",
            "2026-11-23 23:02:03.000004+00"),
        of(
            LocalDateTime.of(-43, 3, 15, 12, 0).atOffset(UTC),
            "timestamp with time zone",
            "0044-03-15 12:00:00+00 BC"),
        of(OffsetDateTime.MAX, "timestamp with time zone", "infinity"),
        of(
            Instant.parse("2026-11-24T00:00:00.1234565Z"),
            "timestamp with time zone",
            "2026-11-24 00:00:00.123457+00"),
        of(
            LocalDateTime.of(12026, 1, 2, 3, 4),
            "timestamp without time zone",
            "12026-01-02 03:04:00"),
        of(LocalDate.of(2026, 11, 24), "date", "2026-11-24"),
        of(LocalDate.of(-1, 1, 1), "date", "0002-01-01 BC"),
        of(LocalDate.MIN, "date", "-infinity"),
        of(LocalDate.of(-4712, 1, 1), "date", "4713-01-01 BC"),
        of(
            LocalDateTime.of(-4712, 1, 1, 0, 0),
            "timestamp without time zone",
            "4713-01-01 00:00:00 BC"),
        of(
            LocalDateTime.of(-4712, 1, 1, 0, 0).toInstant(UTC),
            "timestamp with time zone",
            "4713-01-01 00:00:00+00 BC"),
        of(LocalTime.of(1, 2, 3, 4000), "time without time zone", "01:02:03.000004"),
        of(LocalTime.MAX, "time without time zone", "24:00:00"),
        of(Duration.ofDays(3).plusNanos(1000), "interval", "72:00:00.000001"),
        of(Duration.ofMillis(-3_600_500), "interval", "-01:00:00.5"),
        of(Duration.ZERO, "interval", "00:00:00"));
  }

  private static Object[] of(Object value, String type, String text) {
    return new Object[] {value, type, text};
  }

  @Test
  void refusesATimeThatTheDriverWouldSendAsInfinite() {
    LocalDateTime early = LocalDateTime.of(-4713, 12, 31, 23, 59, 59);
    SqlTemplate template = SqlTemplate.of("select :a");
    for (Object value :
        List.of(early, early.toLocalDate(), early.atOffset(UTC), early.toInstant(UTC))) {
      assertThatThrownBy(() -> template.bind("a", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("PostgreSQL cannot hold");
      assertThatThrownBy(() -> template.bind("a", List.of(value)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void letsThePlaceGiveTheTypeOfACollectionWithoutValues(int nulls) throws SQLException {
    List<Object> elements = Collections.nCopies(nulls, null);

    SqlTemplate any = SqlTemplate.of("select count(*) from pg_class where oid::int = any(:a)");
    assertThat(TemplateRows.row(connection, any.bind("a", elements))).containsExactly("0");

    SqlTemplate size = SqlTemplate.of("select cardinality(:a::uuid[])");
    assertThat(TemplateRows.row(connection, size.bind("a", elements)))
        .containsExactly(String.valueOf(nulls));
  }

  @Test
  void sendsAnyCollectionInItsOrder() throws SQLException {
    SqlTemplate template =
        SqlTemplate.of("select :a::text").bind("a", new TreeSet<>(List.of(2, 1)));

    assertThat(TemplateRows.row(connection, template)).containsExactly("{1,2}");
  }

  @Test
  void sendsNullsOfUnknownType() throws SQLException {
    assertThat(TemplateRows.row(connection, SqlTemplate.of("select :a::int").bind("a", null)))
        .containsExactly((String) null);
  }

  @Test
  void saysWhichPlaceholderComesNext() throws SQLException {
    SqlTemplate template = SqlTemplate.of("select :a::int as x").bind("a", 1);
    String more = "select * from (" + template.jdbcText() + ") r limit ?";
    try (var prepared = connection.prepareStatement(more)) {
      assertThat(template.setValues(prepared)).isEqualTo(2);
    }
  }
}
