package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A work that would end its transaction by itself: nothing of it may stay. */
class TransactionControlTest {

  private CruddurDb db;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.emptyDatabase());
    db.dsl().execute("CREATE TABLE done (what text)");
    db.dsl().execute("CREATE PROCEDURE finish() LANGUAGE plpgsql AS $$BEGIN COMMIT; END$$");
  }

  @AfterEach
  void close() {
    db.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit",
        "COMMIT AND CHAIN",
        "End",
        "abort work",
        "rollback",
        "ROLLBACK TRANSACTION",
        "begin",
        "start transaction read only",
        "PREPARE TRANSACTION 'x'",
        "/* a /* nested */ remark */ -- and a line\n commit",
        "INSERT INTO done VALUES ('part'); COMMIT; INSERT INTO done VALUES ('rest')",
        "INSERT INTO done VALUES (';'); ; COMMIT; BEGIN",
        "CALL finish()",
        "DO $$BEGIN COMMIT; END$$"
      })
  void isRefusedAndLeavesNothing(String text) {
    assertRefused(tx -> tx.dsl().execute(text));
    assertRefused(tx -> tx.dsl().connection(connection -> executeLater(connection, text)));
    assertThat(db.dsl().fetchValue("SELECT count(*) FROM done")).isEqualTo(0L);
  }

  private void assertRefused(TransactionAction action) {
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.dsl().execute("INSERT INTO done VALUES ('before')");
                      action.run(tx);
                      return tx.dsl().execute("INSERT INTO done VALUES ('after')");
                    }))
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class,
            failure -> assertThat(failure.getSQLState()).isIn("25000", "2D000"));
  }

  /** What is done inside a transaction. */
  @FunctionalInterface
  private interface TransactionAction {
    void run(CruddurQueries tx);
  }

  private static void executeLater(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  @Test
  void leavesSavepointsAndWordsThatOnlyLookLikeItAlone() {
    Object sum =
        db.transaction(
            tx -> {
              tx.dsl().execute("INSERT INTO done VALUES ('commit; rollback')");
              tx.dsl().execute("SAVEPOINT here");
              tx.dsl().execute("INSERT INTO done VALUES ('undone')");
              tx.dsl().execute("ROLLBACK TO SAVEPOINT here");
              tx.dsl().execute("ROLLBACK WORK TO here");
              tx.dsl().execute("PREPARE start AS SELECT 1");
              tx.dsl().connection(connection -> executeLater(connection, "DEALLOCATE start"));
              return tx.dsl().fetchValue("SELECT CASE WHEN true THEN 1 END AS commit");
            });
    assertThat(sum).isEqualTo(1);
    assertThat(db.dsl().fetchValue("SELECT string_agg(what, '') FROM done"))
        .isEqualTo("commit; rollback");
  }

  @Test
  void isFoundOutWhenItGoesPastTheLibrary() {
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.dsl().execute("INSERT INTO done VALUES ('before')");
                      tx.dsl()
                          .connection(
                              connection -> connection.createStatement().getConnection().commit());
                      tx.dsl().execute("INSERT INTO done VALUES ('after')");
                      return null;
                    }))
        .hasStackTraceContaining("was ended before its work was done");
    assertThat(db.dsl().fetchValue("SELECT string_agg(what, '') FROM done")).isEqualTo("before");
  }

  @Test
  void isFoundOutAtTheEndToo() {
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.dsl().execute("INSERT INTO done VALUES ('before')");
                      tx.dsl()
                          .connection(
                              connection -> connection.createStatement().getConnection().commit());
                      return null;
                    }))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("was ended before its work was done");
  }
}
