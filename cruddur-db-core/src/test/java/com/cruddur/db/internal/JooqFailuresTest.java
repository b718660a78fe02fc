package com.cruddur.db.internal;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.QueryTracing;
import com.cruddur.db.TestServer;
import com.cruddur.db.users.NewUser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.exception.TooManyRowsException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

class JooqFailuresTest {

  private static final String SECRET = "Kan4rie";

  private static ConnectionUrl url;
  private static CruddurDb db;

  @BeforeAll
  static void open() {
    url = TestServer.migratedDatabase();
    db = CruddurDb.open(TestServer.asApp(url));
    db.users().insert(NewUser.of("sub-ann", "Ann", "ann", null));
    db.users().insert(NewUser.of("sub-bob", "Bob", "bob", null));
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @Test
  void comeOutAsThoseOfTheLibraryWithStateAndCause() {
    CruddurDbException failure = failure(jooq -> jooq.fetchValue("SELECT 1 / ?", 0));
    assertThat(failure.sqlState()).contains("22012");
    failure = failure(jooq -> jooq.update(USERS).set(USERS.HANDLE, "ann").execute());
    assertThat(failure.sqlState()).contains("23505");
    assertThat(failure).hasMessageStartingWith("The handle is taken by another user. ");
    assertThat(failure).hasCauseInstanceOf(PSQLException.class);
  }

  @Test
  void comeOutOfTheRowsOfACursor() {
    CruddurDbException failure =
        failure(
            jooq -> {
              try (Cursor<?> cursor =
                  jooq.resultQuery("SELECT 1 / (3 - n) FROM generate_series(1, 9) n")
                      .fetchSize(1)
                      .fetchLazy()) {
                cursor.forEach(row -> {});
              }
            });
    assertThat(failure.sqlState()).contains("22012");
  }

  @Test
  void comeOutInATransactionThatGoesOnBehindASavepoint() {
    long users =
        db.transaction(
            tx -> {
              CruddurDbException failure =
                  catchThrowableOfType(
                      CruddurDbException.class,
                      () ->
                          tx.transaction(
                              nested -> nested.dsl().insertInto(USERS).defaultValues().execute()));
              assertThat(failure.sqlState()).contains("23502");
              return tx.dsl().fetchCount(USERS);
            });
    assertThat(users).isEqualTo(2);
  }

  @Test
  void keepTheValuesOfABatchOutOfTheMessage() {
    PGSimpleDataSource plain = new PGSimpleDataSource();
    plain.setUrl(url.jdbcUrl());
    plain.setUser("postgres");
    plain.setPassword("postgres");
    CruddurDbException failure =
        catchThrowableOfType(
            CruddurDbException.class,
            () ->
                CruddurDb.using(plain)
                    .dsl()
                    .batch(
                        "INSERT INTO users (handle, display_name, cognito_user_id)"
                            + " VALUES (?, 'x', ?)")
                    .bind(SECRET, "sub-1")
                    .bind(SECRET, "sub-2")
                    .execute());
    assertThat(failure.sqlState()).contains("23505");
    assertThat(failure).hasMessageStartingWith("The handle is taken by another user. ");
    assertThat(failure.toString()).doesNotContain(SECRET);
  }

  @Test
  void tellWhoWatchesNoMoreThanTheCaller() {
    List<Throwable> told = new ArrayList<>();
    try (CruddurDb watched =
        CruddurDb.builder().url(url).tracing((query, operation) -> new Told(told)).build()) {
      CruddurDbException failure =
          catchThrowableOfType(
              CruddurDbException.class,
              () -> watched.dsl().fetchValue("SELECT CAST(? AS regclass)", SECRET));
      assertThat(told).containsExactly(failure);
      assertThat(trace(failure)).doesNotContain(SECRET);
    }
  }

  private record Told(List<Throwable> failures) implements QueryTracing.Span {

    @Override
    public void connected(String database, String host, int port) {}

    @Override
    public void end(long resultLength, Throwable failure) {
      failures.add(failure);
    }
  }

  @Test
  void keepOutWhatTheDriverCannotRead() {
    CruddurDbException failure =
        failure(
            jooq ->
                jooq.select(DSL.field("handle", Integer.class))
                    .from(DSL.select(DSL.val(SECRET).as("handle")))
                    .fetch());
    assertThat(failure.sqlState()).contains("22003");
    assertThat(trace(failure)).doesNotContain(SECRET);
  }

  @Test
  void sayThatNoConnectionCanBeHad() {
    CruddurDb closed = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    DSLContext jooq = closed.dsl();
    closed.close();
    assertThat(catchThrowable(() -> jooq.fetchValue("SELECT 1")))
        .isInstanceOf(ConnectionFailedException.class);
  }

  @Test
  void leaveWhatJooqItselfSaysAsItIs() {
    assertThat(catchThrowable(() -> db.dsl().selectFrom(USERS).fetchSingle()))
        .isInstanceOf(TooManyRowsException.class);
    assertThat(catchThrowable(() -> DSL.using(db.dsl().dialect()).selectOne().fetch()))
        .isNotInstanceOf(CruddurDbException.class);
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static CruddurDbException failure(Consumer<DSLContext> work) {
    return catchThrowableOfType(CruddurDbException.class, () -> work.accept(db.dsl()));
  }
}
