package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The sessions that are opened before a test asks. */
@Timeout(120)
@Isolated("sets the zone of the JVM")
final class SessionsAheadTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final LocalPostgres POSTGRES = start();
  private static final DatabaseServer SERVER = new DatabaseServer(POSTGRES.url(), true);

  private final DatabaseSupply supply = open();

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  @Test
  void areOfTheDatabaseThatTheyAreHandedOutWith() throws Exception {
    Set<Integer> processes = new HashSet<>();
    for (int test = 0; test < 12; test++) {
      FreshDatabase database = take();
      try (Connection connection = connect(database)) {
        assertThat(ask(connection, "SELECT current_database()")).isEqualTo(database.name());
        assertThat(ask(connection, "SELECT current_user")).isEqualTo("cruddur_app");
        assertThat(processes.add(pid(connection))).isTrue();
        assertThat(database.takeConnection()).isEmpty();
      }
      giveBack(database);
    }
  }

  @Test
  void areWhatTheTestsBeforeAskedFor() {
    FreshDatabase first = take();
    assertThat(first.takeConnection()).isEmpty();
    FreshDatabase second = takeWith(database -> database.ahead().isPresent());
    assertThat(second.takePool()).isEmpty();
    FreshDatabase third = takeWith(database -> database.takePool().isPresent());
    assertThat(third.takePool()).isEmpty();
  }

  @Test
  void areClosedWithTheirDatabaseIfNobodyAsks() {
    take().takeConnection();
    FreshDatabase unused = takeWith(database -> database.ahead().isPresent());
    assertThat(sessions(unused)).isOne();
    giveBack(unused);
    assertThat(Waiting.uninterruptibly(LIMIT, () -> sessions(unused) == 0)).isTrue();
    assertThat(unused.takeConnection()).isEmpty();
  }

  @Test
  void areClosedWhenTheTestAsksForSomethingElse() {
    take().takeConnection();
    FreshDatabase other = takeWith(database -> database.ahead().isPresent());
    assertThat(other.takePool()).isEmpty();
    assertThat(Waiting.uninterruptibly(LIMIT, () -> sessions(other) == 0)).isTrue();
  }

  @Test
  void areFew() throws Exception {
    FreshDatabase database = take();
    SessionsAhead ahead = new SessionsAhead(Templates.of(SERVER).login());
    for (int session = 0; session < SessionsAhead.MOST + 3; session++) {
      assertThat(ahead.open(database.name(), FirstUse.CONNECTION)).isPresent();
    }
    assertThat(Waiting.uninterruptibly(LIMIT, () -> sessions(database) == SessionsAhead.MOST))
        .isTrue();
  }

  @Test
  void knowTheSettingsThatTheOwnerMadeMeanwhile() throws Exception {
    try (TestDatabase database = nextAfter(TestDatabase::dataSource)) {
      setTimeout(database);
      try (Connection connection = database.dataSource().getConnection()) {
        assertThat(ask(connection, "SHOW deadlock_timeout")).isEqualTo("4321ms");
      }
    }
    try (TestDatabase database = nextAfter(TestDatabase::pool);
        HikariDataSource pool = database.pool()) {
      setTimeout(database);
      try (Connection connection = pool.getConnection()) {
        assertThat(ask(connection, "SHOW deadlock_timeout")).isEqualTo("4321ms");
      }
    }
  }

  @Test
  void areInTheZoneThatTheJvmIsIn() throws Exception {
    TimeZone before = TimeZone.getDefault();
    take().takeConnection();
    FreshDatabase database = takeWith(next -> next.ahead().isPresent());
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("America/Toronto"));
      assertThat(database.takeConnection()).isEmpty();
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void areNotHandedOutDead() throws Exception {
    take().takeConnection();
    FreshDatabase database = takeWith(next -> next.ahead().isPresent());
    Sql.ask(
        POSTGRES,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
            + database.name()
            + "'");
    Thread.sleep(SessionAhead.TRUSTED);
    assertThat(database.takeConnection()).isEmpty();
  }

  /** Returns a database for which what the tests before asked for is open. */
  private static TestDatabase nextAfter(Asking asking) throws SQLException {
    for (int test = 0; test < 8; test++) {
      try (TestDatabase database = TestDatabase.create();
          Connection connection = asking.of(database).getConnection()) {
        assertThat(connection.isClosed()).isFalse();
      }
    }
    return TestDatabase.create();
  }

  private interface Asking {
    javax.sql.DataSource of(TestDatabase database);
  }

  private static void setTimeout(TestDatabase database) throws SQLException {
    try (Connection owner = database.ownerDataSource().getConnection()) {
      DatabaseServer.execute(
          owner, "ALTER DATABASE " + database.name() + " SET deadlock_timeout = '4321ms'");
    }
  }

  private FreshDatabase take() {
    return supply.take(Recipe.standard(), "test");
  }

  private FreshDatabase takeWith(Predicate<FreshDatabase> fits) {
    for (int test = 0; test < 20; test++) {
      FreshDatabase database = take();
      if (fits.test(database)) {
        return database;
      }
      giveBack(database);
    }
    throw new AssertionError("No session is opened ahead");
  }

  private void giveBack(FreshDatabase database) {
    supply.giveBack(database, Optional.empty());
  }

  private static Connection connect(FreshDatabase database) throws SQLException {
    Optional<Connection> ahead = database.takeConnection();
    return ahead.isPresent()
        ? ahead.get()
        : DatabaseServer.dataSource(Templates.of(SERVER).login().withDatabase(database.name()))
            .getConnection();
  }

  private static int sessions(FreshDatabase database) {
    try {
      String query = "SELECT count(*) FROM pg_stat_activity WHERE datname = '%s'";
      return Integer.parseInt(String.valueOf(Sql.ask(POSTGRES, query.formatted(database.name()))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int pid(Connection connection) throws SQLException {
    return Integer.parseInt(ask(connection, "SELECT pg_backend_pid()"));
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  private static DatabaseSupply open() {
    try {
      Templates templates = Templates.of(SERVER);
      return DatabaseSupply.open(SERVER, templates, templates.login());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LocalPostgres start() {
    LocalPostgres.Builder builder = LocalPostgres.builder();
    builder.cluster = installation -> new SeededCluster(installation, Recipe.standard());
    return builder.start();
  }
}
