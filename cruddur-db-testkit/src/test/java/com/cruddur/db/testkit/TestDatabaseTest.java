package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void isDroppedSoonAfterItIsClosedEvenWithOpenSessions() throws Exception {
    TestDatabase database = TestDatabase.create();
    try (TestDatabase observer = TestDatabase.create();
        CruddurDb left = database.open()) {
      assertThat(left.dsl().fetchValue("SELECT 1")).isEqualTo(1);
      database.close();
      database.close();
      awaitDrop(observer, database.name());
    }
  }

  @Test
  void hasTheRightsOfAServiceAndThoseOfTheOwnerApart() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection service = database.dataSource().getConnection();
        Connection owner = database.ownerDataSource().getConnection()) {
      assertThat(ask(service, "SELECT current_user")).isEqualTo("cruddur_app");
      DatabaseServer.execute(service, "RESET ROLE");
      assertThat(ask(service, "SELECT current_user")).isEqualTo("cruddur_app");
      DatabaseServer.execute(service, "DELETE FROM activities");
      assertThatThrownBy(() -> DatabaseServer.execute(service, "DROP TABLE activities"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      DatabaseServer.execute(owner, "DROP TABLE activities CASCADE");
    }
  }

  @Test
  void saysInTheServerWhatItIsFor() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.dataSource().getConnection()) {
      String comment =
          "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '%s'"
              .formatted(database.name());
      // It is made after the database was handed out.
      Waiting.uninterruptibly(
          Duration.ofSeconds(20), () -> askUnchecked(connection, comment).contains("Test.says"));
      assertThat(ask(connection, comment))
          .contains("TestDatabaseTest.saysInTheServerWhatItIsFor(TestDatabaseTest.java:")
          .contains("pid " + ProcessHandle.current().pid());
    }
  }

  @Test
  void isNeverHandedOutTwice() throws Exception {
    Set<String> names = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Void>> tests = Collections.nCopies(24, () -> useOnce(names));
      for (Future<Void> test : threads.invokeAll(tests)) {
        test.get();
      }
    }
    assertThat(names).hasSize(24);
  }

  private static Void useOnce(Set<String> names) throws SQLException {
    try (TestDatabase database = TestDatabase.create();
        Connection connection = database.dataSource().getConnection()) {
      names.add(database.name());
      assertThat(ask(connection, "SELECT count(*) FROM activities")).isEqualTo("1");
      DatabaseServer.execute(connection, "DELETE FROM activities");
    }
    return null;
  }

  @Test
  void holdsTheSeedOnceHoweverOftenItIsLoaded() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        CruddurDb db = database.open()) {
      assertThat(BaseSeed.load(database.dataSource())).isZero();
      db.dsl().execute("DELETE FROM activities");
      assertThat(BaseSeed.load(database.dataSource())).isEqualTo(1);
    }
  }

  @Test
  void namesNoSecret() {
    try (TestDatabase database = TestDatabase.create()) {
      String password = database.url().password().orElseThrow();
      String owners = database.ownerUrl().password().orElseThrow();
      assertThat(database.toString() + database.url() + database.ownerUrl())
          .doesNotContain(password)
          .doesNotContain(owners);
      assertThat(password).doesNotContain(owners);
    }
  }

  private static void awaitDrop(TestDatabase observer, String name) throws SQLException {
    try (Connection connection = observer.dataSource().getConnection()) {
      String query = "SELECT count(*) FROM pg_database WHERE datname = '" + name + "'";
      assertThat(
              Waiting.uninterruptibly(
                  Duration.ofSeconds(20), () -> askUnchecked(connection, query).equals("0")))
          .as("%s is dropped", name)
          .isTrue();
    }
  }

  private static String askUnchecked(Connection connection, String query) {
    try {
      return ask(connection, query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
