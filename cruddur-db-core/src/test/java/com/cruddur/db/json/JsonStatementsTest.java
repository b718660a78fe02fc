package com.cruddur.db.json;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.CruddurQueries;
import com.cruddur.db.TestServer;
import com.cruddur.db.users.NewUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jooq.Configuration;
import org.jooq.Query;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStatementsTest {

  private CruddurDb db;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    db.users().insert(NewUser.of("sub-ann", "Ann", "ann", null));
    db.users().insert(NewUser.of("sub-bob", "Bob", "bob", null));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void givesAValueInItsType() {
    assertThat(value("SELECT count(*) FROM users", Long.class)).isEqualTo(2L);
    assertThat(value("SELECT 7", Long.class)).isEqualTo(7L);
    assertThat(value("SELECT 7::bigint", Integer.class)).isEqualTo(7);
    assertThat(value("SELECT 1.5", BigDecimal.class)).isEqualTo("1.5");
    assertThat(value("SELECT true", Boolean.class)).isTrue();
    assertThat(value("SELECT date '2026-01-02'", LocalDate.class)).isEqualTo("2026-01-02");
    assertThat(value("SELECT timestamptz '2026-01-02 03:04+00'", Instant.class))
        .isEqualTo("2026-01-02T03:04:00Z");
    assertThat(value("SELECT '{1,2}'::int[]", String.class)).isEqualTo("{1,2}");
    assertThat(value("SELECT uuid FROM users WHERE handle = 'ann'", UUID.class))
        .isEqualTo(db.users().findByHandle("ann").orElseThrow());
    assertThat(
            db.json().value(DSL.select(USERS.HANDLE).from(USERS).orderBy(1).limit(1), String.class))
        .contains("ann");
  }

  @Test
  void givesNothingForNoRowAndForNull() {
    assertThat(db.json().value(SqlTemplate.of("SELECT NULL::int"), Integer.class)).isEmpty();
    assertThat(db.json().value(SqlTemplate.of("SELECT 1 WHERE false"), String.class)).isEmpty();
  }

  @Test
  void refusesMoreThanOneValueAndUndoesTheStatement() {
    assertThatThrownBy(() -> value("UPDATE users SET bio = 'x' RETURNING uuid", UUID.class))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("more than one row");
    assertThatThrownBy(() -> value("UPDATE users SET bio = 'x' RETURNING 1, 2", String.class))
        .hasMessageContaining("more than one column");
    SqlTemplate twice = SqlTemplate.of("UPDATE users SET bio = 'x' RETURNING 1 AS a, 2 AS a");
    assertThatThrownBy(() -> db.json().array(twice).asString()).hasMessageContaining("\"a\"");
    assertThat(value("SELECT count(bio) FROM users", Long.class)).isZero();
    assertThatThrownBy(() -> value("SELECT 1", Thread.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("UUID");
  }

  @Test
  void undoesTheStatementInATransactionThatGoesOn() {
    SqlTemplate all = SqlTemplate.of("UPDATE users SET bio = 'x' RETURNING uuid");
    SqlTemplate twice = SqlTemplate.of("UPDATE users SET bio = 'x' RETURNING 1 AS a, 2 AS a");
    db.transaction(
        tx -> {
          tx.json().execute(SqlTemplate.of("UPDATE users SET display_name = 'kept'"));
          assertThatThrownBy(() -> tx.json().object(all).asString())
              .hasMessageContaining("more than one row");
          assertThatThrownBy(() -> tx.json().value(all, UUID.class))
              .hasMessageContaining("more than one row");
          assertThatThrownBy(() -> write(tx, twice, new ByteArrayOutputStream()))
              .hasMessageContaining("\"a\"");
          return tx.json().array(SqlTemplate.of("SELECT 1")).asString();
        });
    assertThat(value("SELECT count(bio) FROM users", Long.class)).isZero();
    assertThat(value("SELECT count(*) FROM users WHERE display_name = 'kept'", Long.class))
        .isEqualTo(2);
  }

  @Test
  void commitsNothingOfATransactionWhoseStatementFailed() {
    SqlTemplate failing = SqlTemplate.of("UPDATE users SET bio = 1 / 0 RETURNING uuid");
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx ->
                        assertThatThrownBy(() -> tx.json().value(failing, UUID.class))
                            .isInstanceOf(CruddurDbException.class)))
        .hasMessageContaining("25P02");
  }

  @Test
  void refusesANumberThatItsTypeWouldChange() {
    assertUnreadable("SELECT 1.5", Integer.class);
    assertUnreadable("SELECT 1.9::float8", Long.class);
    assertUnreadable("SELECT 1.9::real", Long.class);
    assertUnreadable("SELECT 9223372036854775808", Long.class);
    assertUnreadable("SELECT 9007199254740993::bigint", Double.class);
    assertUnreadable("SELECT 9007199254740993::numeric", Double.class);
    assertUnreadable("SELECT 1e400::numeric", Double.class);
    assertUnreadable("SELECT 'NaN'::numeric", Integer.class);
    assertUnreadable("SELECT 'Infinity'::float8", Long.class);
    assertThat(value("SELECT 2.0", Integer.class)).isEqualTo(2);
    assertThat(value("SELECT 2::float8", Long.class)).isEqualTo(2);
    assertThat(value("SELECT '-7'", Integer.class)).isEqualTo(-7);
    assertThat(value("SELECT 1 / 3.0", Double.class)).isEqualTo(1 / 3.0);
    assertThat(value("SELECT 9007199254740992::bigint", Double.class)).isEqualTo(0x1p53);
    assertThat(value("SELECT 'NaN'::numeric", Double.class)).isNaN();
    assertThat(value("SELECT '-Infinity'::float8", Double.class)).isInfinite();
    assertThat(db.json().value(SqlTemplate.of("SELECT NULL::bigint"), Double.class)).isEmpty();
  }

  private void assertUnreadable(String sql, Class<?> type) {
    CruddurDbException failure =
        catchThrowableOfType(CruddurDbException.class, () -> value(sql, type));
    assertThat(failure).hasMessageContaining("as " + type.getSimpleName() + ": cast it");
    assertThat(failure.sqlState()).contains("42846");
  }

  @Test
  void runsAStatementAndGivesWhatItReturns() {
    SqlTemplate update =
        SqlTemplate.of(
            "-- 'RETURNING' in a comment\nupdate users set bio = :bio where handle = :handle"
                + " returning handle, bio;");
    SqlTemplate ann = update.bind("bio", "x; RETURNING").bind("handle", "ann");
    assertThat(db.json().execute(ann)).isEqualTo(1);
    assertThat(db.json().execute(ann.bind("handle", "nobody"))).isZero();
    assertThat(db.json().object(ann).asString().orElseThrow().value())
        .isEqualTo("{\"handle\":\"ann\",\"bio\":\"x; RETURNING\"}");
    assertThat(db.json().object(ann.bind("handle", "nobody")).asString()).isEmpty();
    assertThat(db.json().array(ann.bind("bio", null)).asString().value())
        .isEqualTo("[{\"handle\":\"ann\",\"bio\":null}]");
    assertThat(db.json().execute(SqlTemplate.of("UPDATE users SET bio = 'RETURNING'")))
        .isEqualTo(2);
    assertThat(db.json().execute(db.dsl().update(USERS).set(USERS.BIO, "y"))).isEqualTo(2);
    assertThat(
            db.json()
                .value(
                    db.dsl()
                        .update(USERS)
                        .set(USERS.BIO, "z")
                        .where(USERS.HANDLE.eq("bob"))
                        .returning(USERS.BIO),
                    String.class))
        .contains("z");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Integer.class,
        Long.class,
        Double.class,
        BigDecimal.class,
        Boolean.class,
        UUID.class,
        OffsetDateTime.class,
        Instant.class,
        LocalDate.class,
        LocalDateTime.class,
        LocalTime.class
      })
  void keepsWhatCannotBeReadOutOfTheMessage(Class<?> type) {
    for (String secret : List.of("Kan4rie", "2026-Kan4rie", "99999999999999999999Kan4rie")) {
      SqlTemplate query = SqlTemplate.of("SELECT :secret::text").bind("secret", secret);
      CruddurDbException failure =
          catchThrowableOfType(CruddurDbException.class, () -> db.json().value(query, type));
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain("Kan4rie");
      assertThat(failure).hasMessageContaining("as " + type.getSimpleName() + ": cast it");
    }
  }

  @Test
  void refusesABackslashInASessionThatTakesItForAnEscape() {
    SqlTemplate off = SqlTemplate.of("SET standard_conforming_strings = off");
    SqlTemplate query = SqlTemplate.of("SELECT 'a\\', '; DROP TABLE users; --'");
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.json().execute(off);
                      assertThat(tx.json().value(SqlTemplate.of("SELECT E'\\x41'"), String.class))
                          .contains("A");
                      return tx.json().array(query).asString();
                    }))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("standard_conforming_strings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          WITH r AS (DELETE FROM users WHERE handle = :h RETURNING *) SELECT handle FROM r
          with recursive a as materialized (select 1 as n), b (x) as (update users set bio = 'x' where handle = :h returning handle) select b.x as handle from a, b -- the end
          /* first */ WITH a AS (SELECT :h::text AS n) /* WITH */ -- SELECT↵ UPDATE users SET bio = n FROM a WHERE handle = n RETURNING handle
          WITH update AS (SELECT 1), values (a) AS (SELECT 2) INSERT INTO users (handle, display_name, cognito_user_id) SELECT :h || a, 'Carl', 'c' FROM update, values RETURNING rtrim(handle, '2') AS handle
          WITH a AS (UPDATE users SET bio = 'x' RETURNING *) (SELECT handle FROM a WHERE handle = :h)
          WITH a AS (SELECT * FROM users FOR UPDATE) SELECT handle FROM a WHERE handle = :h
          """)
  void runsAStatementWithAClauseThatChangesRows(String sql) {
    SqlTemplate query = SqlTemplate.of(sql.replace('↵', '\n')).bind("h", "ann");
    String json = "[{\"handle\":\"ann\"}]";
    assertThat(rolledBack(tx -> tx.json().array(query).asString().value())).isEqualTo(json);
    assertThat(rolledBack(tx -> tx.json().object(query).asString().orElseThrow().value()))
        .isEqualTo("{\"handle\":\"ann\"}");
    assertThat(rolledBack(tx -> tx.json().value(query, String.class)))
        .isEqualTo(Optional.of("ann"));
    assertThat(rolledBack(tx -> tx.json().value(JsonWrap.array(query), String.class)))
        .isEqualTo(Optional.of(json));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    assertThat(rolledBack(tx -> write(tx, query, stream))).isEqualTo(1L);
    assertThat(stream).hasToString(json);
  }

  private Object rolledBack(Function<CruddurQueries, Object> work) {
    List<Object> result = new ArrayList<>();
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      result.add(work.apply(tx));
                      throw new IllegalStateException("roll back");
                    }))
        .hasMessage("roll back");
    return result.getFirst();
  }

  private static long write(CruddurQueries tx, SqlTemplate query, OutputStream target) {
    try {
      return tx.json().array(query).writeTo(target);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void undoesAStatementWithAClauseThatGivesMoreThanOneValue() {
    SqlTemplate all =
        SqlTemplate.of("WITH a AS (UPDATE users SET bio = 'x' RETURNING *) SELECT uuid FROM a");
    assertThatThrownBy(() -> db.json().value(all, UUID.class))
        .hasMessageContaining("more than one row");
    assertThatThrownBy(() -> db.json().object(all).asString())
        .hasMessageContaining("more than one row");
    assertThat(value("SELECT count(bio) FROM users", Long.class)).isZero();
  }

  @Test
  void leavesAStatementOfJooqThatOthersMayRunAsItIs() {
    Query shared = DSL.query("SELECT pg_sleep(0.3)");
    Configuration before = shared.configuration();
    CompletableFuture<Long> running =
        CompletableFuture.supplyAsync(() -> db.json().execute(shared));
    while (!running.isDone()) {
      assertThat(shared.configuration() == before).isTrue();
    }
    assertThat(db.json().execute(DSL.select(USERS.HANDLE).from(USERS))).isEqualTo(2);
  }

  @Test
  void runsInTheTransaction() {
    SqlTemplate update = SqlTemplate.of("UPDATE users SET bio = 'x'");
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      assertThat(tx.json().execute(update)).isEqualTo(2);
                      assertThat(
                              tx.json()
                                  .array(SqlTemplate.of("SELECT bio FROM users"))
                                  .writeTo(OutputStream.nullOutputStream()))
                          .isEqualTo(2);
                      throw new IllegalStateException("roll back");
                    }))
        .hasMessage("roll back");
    assertThat(value("SELECT count(bio) FROM users", Long.class)).isZero();
  }

  @Test
  void streamsWhatTheArrayGives() throws IOException {
    for (int rows : new int[] {0, 1, 49, 50, 51, 3000}) {
      SqlTemplate query =
          SqlTemplate.of("SELECT n, repeat('\u00e9', n) AS t FROM generate_series(1, :rows) n")
              .bind("rows", rows);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      assertThat(db.json().array(query).writeTo(stream)).isEqualTo(rows);
      assertThat(stream.toString(StandardCharsets.UTF_8))
          .isEqualTo(db.json().array(query).asString().value());
    }
    ByteArrayOutputStream jooq = new ByteArrayOutputStream();
    db.json().array(DSL.select(USERS.HANDLE).from(USERS).orderBy(USERS.HANDLE)).writeTo(jooq);
    assertThat(jooq).hasToString("[{\"handle\":\"ann\"},{\"handle\":\"bob\"}]");
  }

  @Test
  void givesTheConnectionBackWhenTheStreamFails() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    SqlTemplate query = SqlTemplate.of("SELECT repeat('x', 100) FROM generate_series(1, 1000)");
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> db.json().array(query).writeTo(full))
          .isInstanceOf(IOException.class)
          .hasMessage("full");
    }
    assertThat(value("SELECT 1", Integer.class)).isEqualTo(1);
  }

  private <T> T value(String sql, Class<T> type) {
    return db.json().value(SqlTemplate.of(sql), type).orElseThrow();
  }
}
