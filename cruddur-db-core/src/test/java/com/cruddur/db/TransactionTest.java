package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.cruddur.db.json.SqlTemplate;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTest {

  private ConnectionUrl url;
  private CruddurDb db;

  @BeforeEach
  void open() {
    url = TestServer.emptyDatabase();
    db = CruddurDb.open(url);
    db.dsl().execute("CREATE TABLE counter (id int PRIMARY KEY, value int)");
    db.dsl().execute("INSERT INTO counter VALUES (1, 0), (2, 0)");
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void repeatsWhatLostAgainstAnotherTransaction() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CyclicBarrier both = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> increment(both, attempts));
      Future<?> second = threads.submit(() -> increment(both, attempts));
      first.get();
      second.get();
    }
    assertThat(db.dsl().fetchValue("SELECT value FROM counter WHERE id = 1")).isEqualTo(2);
    assertThat(attempts.get()).isGreaterThan(2);
  }

  private int increment(CyclicBarrier both, AtomicInteger attempts) throws Exception {
    return db.transaction(
        tx -> {
          tx.dsl().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
          tx.dsl().fetchValue("SELECT value FROM counter WHERE id = 1");
          if (attempts.incrementAndGet() <= 2) {
            both.await();
          }
          return tx.dsl().execute("UPDATE counter SET value = value + 1 WHERE id = 1");
        });
  }

  @Test
  void repeatsAFewTimesAndAttachesTheEarlierFailures() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(() -> db.transaction(tx -> raise(tx, "40P01", attempts)))
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(4));
    assertThat(attempts).hasValue(5);
  }

  @Test
  void repeatsNothingElse() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(() -> db.transaction(tx -> raise(tx, "23505", attempts)))
        .hasMessageContaining("as told");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void looksForAStateAmongCausesThatLeadBackToThemselves() {
    Exception first = new Exception("first");
    Exception second = new SQLException("second", (String) null);
    first.initCause(second);
    second.initCause(first);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            throw first;
                          }))
              .isSameAs(first);
          assertThat(new CruddurDbException("x", first).sqlState()).isEmpty();
        });
  }

  @Test
  void passesOnASqlExceptionOfTheWorkAsItIs() {
    SQLException thrown = new SQLException("mine", "22000");
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }

  @Test
  void saysThatTheOutcomeIsUnknownWhenTheCommitIsLostAndRepeatsNothing() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (CommitCutter network = new CommitCutter(url.hosts().get(0).port());
        CruddurDb behind = CruddurDb.open(through(network))) {
      assertThatThrownBy(
              () ->
                  behind.transaction(
                      tx -> {
                        attempts.incrementAndGet();
                        return tx.dsl().execute("UPDATE counter SET value = 7 WHERE id = 1");
                      }))
          .isInstanceOfSatisfying(
              CommitOutcomeUnknownException.class,
              failure -> assertThat(failure.sqlState()).hasValue("08006"))
          .hasMessageContaining("may have been committed or not");
      assertThat(attempts).hasValue(1);
      assertThat(behind.dsl().fetchValue("SELECT 1")).isEqualTo(1);
    }
  }

  @Test
  void givesTheConnectionBackWhenTheWorkIsInterrupted() throws Exception {
    Thread worker =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatThrownBy(
                            () ->
                                db.transaction(
                                    tx -> {
                                      Thread.currentThread().interrupt();
                                      Thread.sleep(60_000);
                                      return null;
                                    }))
                        .isInstanceOf(InterruptedException.class));
    worker.join();
    assertThat(pool().getActiveConnections()).isZero();
    assertThat(db.dsl().fetchValue("SELECT 1")).isEqualTo(1);
  }

  @Test
  void givesUpAConnectionToAServerThatBecameReadOnly() {
    Object backend = db.dsl().fetchValue("SELECT pg_backend_pid()");
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.dsl().execute("SET TRANSACTION READ ONLY");
                      return tx.dsl().execute("DELETE FROM counter");
                    }))
        .hasStackTraceContaining("read-only transaction");
    assertThat(db.dsl().fetchValue("SELECT pg_backend_pid()")).isNotEqualTo(backend);
  }

  @Test
  void keepsAConnectionAfterAStatementThatIsNotSupported() {
    Object backend = db.dsl().fetchValue("SELECT pg_backend_pid()");
    assertThatThrownBy(
            () ->
                db.dsl()
                    .fetch(
                        "SELECT * FROM (WITH gone AS (DELETE FROM counter RETURNING 1)"
                            + " SELECT * FROM gone) AS wrapped"))
        .hasStackTraceContaining("data-modifying statement");
    assertThat(db.dsl().fetchValue("SELECT pg_backend_pid()")).isEqualTo(backend);
  }

  private static int raise(CruddurQueries tx, String state, AtomicInteger attempts) {
    attempts.incrementAndGet();
    return tx.dsl()
        .execute("DO $$BEGIN RAISE EXCEPTION 'as told' USING ERRCODE = '" + state + "'; END$$");
  }

  @Test
  void goesOnAfterANestedOneThatHidAFailedStatement() {
    db.transaction(
        tx -> {
          assertThatThrownBy(
                  () ->
                      tx.transaction(
                          nested -> {
                            assertThatThrownBy(() -> nested.dsl().execute("SELECT 1 / 0"))
                                .isInstanceOf(CruddurDbException.class);
                            return null;
                          }))
              .isInstanceOf(CruddurDbException.class);
          return tx.dsl().execute("UPDATE counter SET value = 5 WHERE id = 1");
        });
    assertThat(db.dsl().fetchValue("SELECT value FROM counter WHERE id = 1")).isEqualTo(5);
  }

  @Test
  void saysThatTheOutcomeIsUnknownAlsoForAStatementOfItsOwnTransaction() throws Exception {
    try (CommitCutter network = new CommitCutter(url.hosts().get(0).port());
        CruddurDb behind = CruddurDb.open(through(network))) {
      SqlTemplate update = SqlTemplate.of("UPDATE counter SET value = 7 WHERE id = 1 RETURNING 1");
      assertThatThrownBy(() -> behind.json().value(update, Integer.class))
          .isInstanceOf(CommitOutcomeUnknownException.class)
          .hasMessageContaining("may have been committed or not");
    }
  }

  @Test
  void keepsTheReasonWhenAStatementLosesItsConnection() {
    SqlTemplate suicide =
        SqlTemplate.of(
            "UPDATE counter SET value = value WHERE id = 1"
                + " RETURNING pg_terminate_backend(pg_backend_pid())");
    assertThatThrownBy(() -> db.json().value(suicide, Boolean.class))
        .isInstanceOfSatisfying(
            CruddurDbException.class, failure -> assertThat(failure.sqlState()).hasValue("57P01"));
  }

  private ConnectionUrl through(CommitCutter network) {
    return ConnectionUrl.parse(
        "postgresql://postgres@127.0.0.1:" + network.port() + "/" + url.database());
  }

  private HikariPoolMXBean pool() {
    return ((HikariDataSource) db.dataSource()).getHikariPoolMXBean();
  }
}
