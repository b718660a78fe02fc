package com.cruddur.db.json;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.TestServer;
import com.cruddur.db.users.NewUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
