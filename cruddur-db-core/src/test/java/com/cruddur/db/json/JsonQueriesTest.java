package com.cruddur.db.json;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.CLOB;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.TestServer;
import com.cruddur.db.users.NewUser;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.Record2;
import org.jooq.Select;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JsonQueriesTest {

  private static CruddurDb db;

  @BeforeAll
  static void open() {
    db = CruddurDb.open(TestServer.migratedDatabase());
    db.users().insert(NewUser.of("sub-ann", "Ann", "ann", null));
    db.users().insert(NewUser.of("sub-bob", "B\u00f6b", "bob", null));
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @Test
  void givesRowsInTheOrderOfTheQuery() {
    JsonResult<String> users = db.json().array(names("%")).asString();
    assertThat(users.value())
        .isEqualTo(
            "[{\"handle\":\"bob\",\"display_name\":\"B\u00f6b\"},"
                + "{\"handle\":\"ann\",\"display_name\":\"Ann\"}]");
    assertThat(users.rows()).isEqualTo(2);
  }

  @Test
  void givesTheBytesOfTheText() {
    byte[] bytes = db.json().array(names("b%")).asBytes().value();
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("[{\"handle\":\"bob\",\"display_name\":\"B\u00f6b\"}]");
  }

  @Test
  void givesAnEmptyArrayWhenNoRows() {
    assertThat(db.json().array(names("x%")).asString()).isEqualTo(new JsonResult<>("[]", 0));
  }

  @Test
  void givesAnObjectOrNothing() {
    assertThat(db.json().object(names("ann")).asString())
        .contains(new JsonResult<>("{\"handle\":\"ann\",\"display_name\":\"Ann\"}", 1));
    assertThat(db.json().object(names("x%")).asBytes()).isEqualTo(Optional.empty());
  }

  @Test
  void refusesMoreThanOneRowForAnObject() {
    assertThatThrownBy(() -> db.json().object(names("%")).asString())
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("more than one row");
  }

  @Test
  void putsAnArrayIntoAnObject() {
    Select<?> query =
        select(
            val("page").as("title"),
            JsonWrap.array(names("a%")).as("users"),
            JsonWrap.array(select(ACTIVITIES.UUID).from(ACTIVITIES)).as("activities"),
            JsonWrap.object(names("x%")).as("nobody"));
    assertThat(db.json().object(query).asString().orElseThrow().value())
        .isEqualTo(
            "{\"title\":\"page\",\"users\":[{\"handle\":\"ann\",\"display_name\":\"Ann\"}],"
                + "\"activities\":[],\"nobody\":null}");
  }

  @Test
  void refusesAKeyThatOccursTwiceInAValue() {
    Select<?> users =
        select(USERS.UUID, ACTIVITIES.UUID).from(USERS.join(ACTIVITIES).on(trueCondition()));
    Select<?> all = select().from(USERS.join(ACTIVITIES).on(trueCondition()));
    Select<?> twice = select(val(1).as("a"), val(2).as("a"));
    for (Select<?> bad : List.of(users, all, twice)) {
      assertThatThrownBy(() -> db.json().object(select(JsonWrap.array(bad).as("list"))).asString())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("are named \"");
      assertThatThrownBy(() -> JsonWrap.object(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesAKeyThatOccursTwiceInWrappedSqlText() {
    SqlTemplate twice =
        SqlTemplate.of("SELECT '{\"n\": 1}'::json AS a, :n::int AS b, 'x' AS \"a\"").bind("n", 1);
    for (SqlTemplate wrapped :
        List.of(
            JsonWrap.array(twice),
            JsonWrap.object(twice),
            JsonWrap.object(JsonWrap.array(twice)),
            JsonWrap.array(JsonWrap.object(JsonWrap.object(twice))))) {
      assertNamesA(() -> db.json().value(wrapped, String.class));
      assertNamesA(() -> db.json().value(wrapped, byte[].class));
      assertNamesA(() -> db.json().array(wrapped).asString());
      assertNamesA(() -> db.json().object(wrapped).asBytes());
      assertNamesA(() -> db.json().array(wrapped).writeTo(OutputStream.nullOutputStream()));
    }
  }

  private static void assertNamesA(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("are named \"a\"")
        .hasMessageContaining("AS");
  }

  @Test
  void takesAKeyThatOccursTwiceInsideAStoredValue() {
    SqlTemplate stored =
        SqlTemplate.of("SELECT '{\"a\": 1, \"a\": 2}'::json AS b, NULL::json AS a");
    assertThat(db.json().value(JsonWrap.array(JsonWrap.object(stored)), String.class))
        .contains("[{\"row_to_json\":{\"b\":{\"a\": 1, \"a\": 2},\"a\":null}}]");
    assertThat(
            db.json()
                .value(JsonWrap.array(SqlTemplate.of("SELECT 1 a, 2 a WHERE false")), String.class))
        .contains("[]");
  }

  @Test
  void takesExpressionsThatPostgresqlNamesAfterTheirColumns() {
    Select<?> cast = select(USERS.HANDLE.cast(CLOB), USERS.DISPLAY_NAME.cast(CLOB)).from(USERS);
    assertThat(db.json().object(select(JsonWrap.array(cast).as("list"))).asString().orElseThrow())
        .extracting(JsonResult::value)
        .asString()
        .contains("\"handle\"", "\"display_name\"");
  }

  @Test
  void runsSqlTextWithNamedParameters() {
    SqlTemplate template =
        SqlTemplate.of("SELECT handle FROM users WHERE handle = :handle; -- the only one")
            .bind("handle", "ann");
    assertThat(db.json().array(template).asString())
        .isEqualTo(new JsonResult<>("[{\"handle\":\"ann\"}]", 1));
    assertThat(db.json().object(template.bind("handle", "' OR true --")).asString()).isEmpty();
  }

  @Test
  void keepsTheSqlStateOfAFailure() {
    Select<?> query = select(org.jooq.impl.DSL.field("1 / 0").as("x"));
    assertThatThrownBy(() -> db.json().array(query).asString())
        .isInstanceOfSatisfying(
            CruddurDbException.class, failure -> assertThat(failure.sqlState()).contains("22012"));
  }

  private static Select<Record2<String, String>> names(String pattern) {
    return select(USERS.HANDLE, USERS.DISPLAY_NAME)
        .from(USERS)
        .where(USERS.HANDLE.like(pattern))
        .orderBy(USERS.HANDLE.desc());
  }
}
