package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.CruddurTest.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;

@Isolated // catches standard error
@SuppressWarnings("MustBeClosed") // leaks are the point
class LeakTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final CountDownLatch STARTED = new CountDownLatch(1);
  private static final CountDownLatch END = new CountDownLatch(1);

  @Test
  void failsTheTestThatLeavesAConnectionOpen() {
    Throwable failure = failureOf(OfPool.class);
    assertThat(failure).isInstanceOf(AssertionError.class);
    assertThat(failure).hasMessageContainingAll("A connection opened at", "OfPool.leaks(LeakTest");
    assertThat(failure.getCause().getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("leaks"));
    assertThat(failure.getCause().getStackTrace()[0].getClassName()).doesNotContain("Watched");
    assertThat(failureOf(OfDataSource.class)).hasMessageContaining("OfDataSource.leaks(LeakTest");
  }

  @Test
  void failsTheTestThatLeavesADatabaseOpen() {
    assertThat(failureOf(OfDatabase.class))
        .hasMessageContainingAll("A CruddurDb opened at", "OfDatabase.leaks(LeakTest");
  }

  @Test
  void failsTheTestThatEndsNoTransaction() {
    assertThat(failureOf(OfTransaction.class))
        .hasMessageContainingAll("A transaction opened at", "OfTransaction.begins(LeakTest");
    assertThat(failureOf(OfTransactionInSql.class))
        .hasMessageContainingAll("A transaction opened at", "OfTransactionInSql.leaks(LeakTest");
  }

  @Test
  void failsTheTestWhoseThreadIsStillInATransaction() {
    try {
      assertThat(failureOf(OfThread.class))
          .hasMessageContainingAll("A transaction opened at", "OfThread.lambda$leaks$");
    } finally {
      END.countDown();
    }
  }

  @Test
  void tellsItBesideAnotherFailure() {
    assertThat(failureOf(OfFailingTest.class))
        .hasMessage("the first")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed()[0]).hasMessageContaining("OfFailingTest.leaks"));
  }

  @Test
  void blamesTheTestOfThoseThatShareADatabase() {
    EngineExecutionResults results = run(OfClass.class);
    results.testEvents().assertStatistics(count -> count.succeeded(1).failed(1));
    assertThat(failure(results)).hasMessageContaining("OfClass.second(LeakTest");
    results.containerEvents().assertStatistics(count -> count.failed(1));
  }

  @Test
  void letsCleanTestsPass() {
    EngineExecutionResults results = run(Clean.class);
    results.testEvents().assertStatistics(count -> count.succeeded(5).failed(0));
  }

  private static Throwable failureOf(Class<?> type) {
    return failure(run(type));
  }

  private static EngineExecutionResults run(Class<?> type) {
    EngineExecutionResults[] results = new EngineExecutionResults[1];
    Output.during(() -> results[0] = InnerTests.run(type));
    return results[0];
  }

  private static Throwable failure(EngineExecutionResults results) {
    return results.testEvents().failed().stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError("No test failed"))
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseThrow();
  }

  @CruddurTest
  static class OfPool {
    @Test
    void leaks(CruddurDb db) throws SQLException {
      db.dataSource().getConnection();
    }
  }

  @CruddurTest
  static class OfDataSource {
    @Test
    void leaks(TestDatabase database) throws SQLException {
      database.dataSource().getConnection();
    }
  }

  @CruddurTest
  static class OfDatabase {
    @Test
    void leaks(TestDatabase database) {
      database.open().dsl().fetchCount(USERS);
    }
  }

  @CruddurTest
  static class OfTransaction {
    @Test
    void leaks(CruddurDb db) throws SQLException {
      try (Connection connection = db.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        begins(connection);
        statement.execute("DELETE FROM activities");
      }
    }

    private static void begins(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
    }
  }

  @CruddurTest
  static class OfTransactionInSql {
    @Test
    void leaks(CruddurDb db) throws SQLException {
      try (Connection connection = db.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("BEGIN");
      }
    }
  }

  @CruddurTest
  static class OfThread {
    @Test
    void leaks(CruddurDb db) throws InterruptedException {
      new Thread(
              () ->
                  db.transaction(
                      tx -> {
                        STARTED.countDown();
                        return Waiting.uninterruptibly(LIMIT, () -> END.getCount() == 0);
                      }))
          .start();
      STARTED.await();
    }
  }

  @CruddurTest
  static class OfFailingTest {
    @Test
    void leaks(CruddurDb db) throws SQLException {
      db.dataSource().getConnection();
      throw new IllegalStateException("the first");
    }
  }

  @CruddurTest(scope = Scope.CLASS)
  static class OfClass {
    @BeforeAll
    static void leaksForAll(CruddurDb db) throws SQLException {
      db.dataSource().getConnection();
    }

    @Test
    void first(CruddurDb db) {
      db.dsl().fetchCount(USERS);
    }

    @Test
    void second(CruddurDb db) throws SQLException {
      db.dataSource().getConnection();
    }
  }

  @CruddurTest
  static class Clean {

    private Connection connection;

    @Test
    void closesAfterwards(CruddurDb db) throws SQLException {
      connection = db.dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
      if (connection != null) {
        connection.close();
      }
    }

    @Test
    void usesEverything(CruddurDb db, SeedData seed) {
      seed.user("alice").activity("a").reply("b");
      db.transaction(tx -> tx.transaction(nested -> nested.dsl().fetchCount(USERS)));
      db.dsl().transaction(tx -> tx.dsl().fetchCount(USERS));
    }

    @Test
    void failsInATransaction(CruddurDb db) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> db.transaction(tx -> tx.dsl().execute("SELECT 1 / 0"))))
          .isNotNull();
    }

    @Test
    void rollsBack(CruddurDb db) throws SQLException {
      try (Connection other = db.dataSource().getConnection();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("DELETE FROM activities");
        other.rollback();
      }
    }

    @Test
    void closesWhatItOpened(TestDatabase database) {
      database.open().close();
    }
  }
}
