package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgConnection;

/** A work that would end its transaction by itself: nothing of it may stay. */
class TransactionControlTest {

  private ConnectionUrl url;
  private CruddurDb db;

  @BeforeEach
  void open() {
    url = TestServer.emptyDatabase();
    db = CruddurDb.open(url);
    db.dsl().execute("CREATE TABLE done (what text)");
    db.dsl().execute("CREATE PROCEDURE finish() LANGUAGE plpgsql AS $$BEGIN COMMIT; END$$");
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void leavesAConnectionThatIsClosedAnObject() {
    Object[] kept = new Object[2];
    db.transaction(
        tx -> {
          kept[0] = tx.dsl().connectionResult(connection -> connection);
          return null;
        });
    kept[1] = db.dsl().connectionResult(connection -> connection);
    for (Object connection : kept) {
      assertThat(connection.toString()).isNotEmpty();
      assertThat(connection.hashCode()).isEqualTo(connection.hashCode());
    }
    assertThatThrownBy(() -> ((Connection) kept[0]).createStatement())
        .hasMessage("This connection has been given back.");
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
                              connection -> connection.getMetaData().getConnection().commit());
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
                              connection -> connection.getMetaData().getConnection().commit());
                      return null;
                    }))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("was ended before its work was done");
  }

  @ParameterizedTest
  @MethodSource("waysBelow")
  void isRefusedBelowTheConnectionToo(WayBelow way) {
    assertRefused(
        tx ->
            tx.dsl()
                .connection(
                    connection -> {
                      way.end(connection);
                      executeLater(connection, "INSERT INTO done VALUES ('between')");
                    }));
    assertThat(db.dsl().fetchValue("SELECT count(*) FROM done")).isEqualTo(0L);
  }

  /** How a work ends its transaction past the connection that it was given. */
  @FunctionalInterface
  private interface WayBelow {
    void end(Connection connection) throws SQLException;
  }

  private static List<Named<WayBelow>> waysBelow() {
    return List.of(
        named("unwrap", connection -> connection.unwrap(Connection.class).commit()),
        named("driver", connection -> connection.unwrap(BaseConnection.class).commit()),
        named("rollback", connection -> connection.unwrap(BaseConnection.class).rollback()),
        named("class", connection -> connection.unwrap(PgConnection.class).commit()),
        named("auto", connection -> connection.unwrap(BaseConnection.class).setAutoCommit(true)),
        named("query", connection -> connection.unwrap(BaseConnection.class).execSQLUpdate("END")),
        named(
            "below",
            connection ->
                executeLater(connection.unwrap(BaseConnection.class), "COMMIT AND CHAIN")),
        named("statement", connection -> connection.createStatement().getConnection().commit()),
        named(
            "prepared",
            connection -> connection.prepareStatement("SELECT 1").getConnection().rollback()),
        named(
            "callable",
            connection -> connection.prepareCall("SELECT 1").getConnection().setAutoCommit(true)));
  }

  private static Named<WayBelow> named(String name, WayBelow way) {
    return Named.of(name, way);
  }

  @Test
  void isFoundOutBeforeTheNextStatementOfTheSameConnection() {
    assertRefused(
        tx ->
            tx.dsl()
                .connection(
                    connection -> {
                      executeLater(connection, "INSERT INTO done VALUES ('x')");
                      connection.getMetaData().getConnection().rollback();
                      executeLater(connection, "INSERT INTO done VALUES ('between')");
                    }));
    assertThat(db.dsl().fetchValue("SELECT count(*) FROM done")).isEqualTo(0L);
  }

  @Test
  void isRefusedWhereBackslashesEscape() {
    for (String text : List.of("SELECT '\\''; COMMIT; --'", "SELECT '\\'; --'; COMMIT")) {
      assertRefused(
          tx -> {
            tx.dsl().execute("SET LOCAL standard_conforming_strings = off");
            tx.dsl().connection(connection -> executeLater(connection, text));
          });
      assertThat(db.dsl().fetchValue("SELECT count(*) FROM done")).isEqualTo(0L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin", "START TRANSACTION", "SELECT 1; /* x */ begin; SELECT 2"})
  void isNotBegunByATextOutsideOfOne(String text) {
    assertNotBegun(() -> db.dsl().execute(text));
    assertNotBegun(() -> db.dsl().connection(connection -> executeLater(connection, text)));
    assertNotBegun(() -> db.dsl().startTransaction().execute());
    assertNotBegun(() -> db.json().execute(db.dsl().query("begin")));
  }

  private void assertNotBegun(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            CruddurDbException.class, failure -> assertThat(failure.sqlState()).hasValue("25001"))
        .hasMessageContaining("Use transaction(");
    db.dsl().execute("INSERT INTO done VALUES ('alone')");
    try (CruddurDb other = CruddurDb.open(url)) {
      assertThat(other.dsl().execute("DELETE FROM done")).isEqualTo(1);
    }
  }

  @Test
  void isLeftAloneInATextThatEndsWhatItBegins() {
    db.dsl().execute("BEGIN; INSERT INTO done VALUES ('alone'); COMMIT");
    assertThat(db.dsl().fetchValue("SELECT string_agg(what, '') FROM done")).isEqualTo("alone");
  }
}
