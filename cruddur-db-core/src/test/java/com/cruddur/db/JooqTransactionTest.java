package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.Isolation;
import org.jooq.Readonly;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that are begun by {@code dsl().transaction(…)}, on a pool of one connection. */
class JooqTransactionTest {

  private static final IllegalStateException NO = new IllegalStateException("no");

  private ConnectionUrl url;
  private CruddurDb db;

  @BeforeEach
  void open() {
    url = TestServer.emptyDatabase();
    db = CruddurDb.builder().url(url).pool(PoolSettings.builder().maximumSize(1).build()).build();
    db.dsl().execute("CREATE TABLE done (what text)");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private static int add(DSLContext jooq, String what) {
    return jooq.execute("INSERT INTO done VALUES (?)", what);
  }

  private static void addAndFail(Configuration nested, String what) {
    add(nested.dsl(), what);
    throw NO;
  }

  private Object done() {
    return db.dsl().fetchValue("SELECT coalesce(string_agg(what, ','), '') FROM done");
  }

  @Test
  void isASavepointInsideOfTheLibrarysOwn() {
    db.transaction(
        tx -> {
          add(tx.dsl(), "before");
          assertThatThrownBy(() -> tx.dsl().transaction(nested -> addAndFail(nested, "undone")))
              .isSameAs(NO);
          tx.dsl().transaction(nested -> add(nested.dsl(), "kept"));
          assertThatThrownBy(
                  () -> tx.dsl().transactionResult(nested -> nested.dsl().fetch("SELECT 1 / 0")))
              .isInstanceOf(CruddurDbException.class);
          return add(tx.dsl(), "after");
        });
    assertThat(done()).isEqualTo("before,kept,after");
  }

  @Test
  void goesWithTheLibrarysOwnThatIsRolledBack() {
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.dsl().transaction(nested -> add(nested.dsl(), "nested"));
                      throw NO;
                    }))
        .isSameAs(NO);
    assertThat(done()).isEqualTo("");
  }

  @Test
  void commitsOrRollsBackOutsideOfOneAndNestsInItself() {
    int rows =
        db.dsl()
            .transactionResult(
                outer -> {
                  Object backend = outer.dsl().fetchValue("SELECT pg_backend_pid()");
                  assertThatThrownBy(
                          () -> outer.dsl().transaction(inner -> addAndFail(inner, "undone")))
                      .isSameAs(NO);
                  outer.dsl().transaction(inner -> add(inner.dsl(), "inner"));
                  assertThat(outer.dsl().fetchValue("SELECT pg_backend_pid()")).isEqualTo(backend);
                  return add(outer.dsl(), "outer");
                });
    assertThat(rows).isEqualTo(1);
    assertThat(done()).isEqualTo("inner,outer");
    assertThatThrownBy(() -> db.dsl().transaction(outer -> addAndFail(outer, "undone")))
        .isSameAs(NO);
    assertThat(done()).isEqualTo("inner,outer");
  }

  @Test
  void putsItsOwnExceptionAroundACheckedOneAsJooqDoes() {
    IOException thrown = new IOException("mine");
    assertThatThrownBy(
            () ->
                db.dsl()
                    .transaction(
                        tx -> {
                          add(tx.dsl(), "undone");
                          throw thrown;
                        }))
        .isInstanceOf(DataAccessException.class)
        .hasCause(thrown);
    assertThat(done()).isEqualTo("");
  }

  @Test
  void saysThatTheOutcomeIsUnknownWhenTheCommitIsLost() throws Exception {
    try (CommitCutter network = new CommitCutter(url.hosts().get(0).port());
        CruddurDb behind =
            CruddurDb.open(
                ConnectionUrl.parse(
                    "postgresql://postgres@127.0.0.1:" + network.port() + "/" + url.database()))) {
      assertThatThrownBy(() -> behind.dsl().transaction(tx -> add(tx.dsl(), "perhaps")))
          .isInstanceOfSatisfying(
              CommitOutcomeUnknownException.class,
              failure -> assertThat(failure.sqlState()).hasValue("08006"));
    }
  }

  @Test
  void saysThatNothingWasCommittedWhenTheWorkHidAFailure() {
    assertThatThrownBy(
            () ->
                db.dsl()
                    .transaction(
                        tx -> {
                          add(tx.dsl(), "before");
                          assertThatThrownBy(() -> tx.dsl().execute("SELECT 1 / 0")).isNotNull();
                        }))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("nothing was committed");
    assertThat(done()).isEqualTo("");
  }

  @Test
  void cannotBeEndedFromWithinNorUsedAfterItsEnd() {
    assertThatThrownBy(() -> db.dsl().transaction(tx -> tx.dsl().execute("COMMIT")))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("is not for the work to call");
    Configuration ended = db.dsl().transactionResult(tx -> tx);
    assertThatThrownBy(() -> add(ended.dsl(), "late"))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("has ended");
    assertThat(done()).isEqualTo("");
  }

  @Test
  void hasTheIsolationAndTheReadOnlyModeThatItIsBegunWith() {
    Object level =
        db.dsl()
            .transactionResult(
                tx -> tx.dsl().fetchValue("SHOW transaction_isolation"), Isolation.SERIALIZABLE);
    assertThat(level).isEqualTo("serializable");
    assertThatThrownBy(() -> db.dsl().transaction(tx -> add(tx.dsl(), "no"), Readonly.READONLY))
        .isInstanceOf(ReadOnlyException.class);
    // Not for whoever has the connection next.
    assertThat(db.dsl().fetchValue("SHOW transaction_isolation")).isEqualTo("read committed");
    assertThat(add(db.dsl(), "yes")).isEqualTo(1);
  }

  @Test
  void isReadOnlyThroughAReader() {
    assertThatThrownBy(() -> db.reader().dsl().transaction(tx -> add(tx.dsl(), "no")))
        .isInstanceOf(ReadOnlyException.class);
    Object one = db.reader().dsl().transactionResult(tx -> tx.dsl().fetchValue("SELECT 1"));
    assertThat(one).isEqualTo(1);
    assertThat(add(db.dsl(), "yes")).isEqualTo(1);
  }

  @Test
  void isTheSameOnAnotherThread() {
    db.dsl().transactionAsync(tx -> add(tx.dsl(), "later")).toCompletableFuture().join();
    assertThatThrownBy(
            () ->
                db.dsl()
                    .transactionAsync(tx -> addAndFail(tx, "undone"))
                    .toCompletableFuture()
                    .join())
        .isInstanceOf(CompletionException.class)
        .hasCause(NO);
    assertThat(done()).isEqualTo("later");
  }
}
