package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.json.SqlTemplate;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.users.NewUser;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderTest {

  private static final SqlTemplate DELETE = SqlTemplate.of("DELETE FROM public.activities");
  private static final SqlTemplate STANDBY = SqlTemplate.of("SELECT pg_is_in_recovery()");
  private static final SqlTemplate BACKEND = SqlTemplate.of("SELECT pg_backend_pid()");

  private static EmbeddedPostgres primary;
  private static StandbyServer standby;

  private CruddurDb db;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    primary = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
    Migrations.of(primary.getPostgresDatabase()).migrate();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    standby = new StandbyServer(primary.getPort(), folder.resolve("standby"), port);
  }

  @AfterAll
  static void stop() throws Exception {
    standby.close();
    primary.close();
  }

  @BeforeEach
  void open() {
    db = CruddurDb.builder().url(url(standby.port, primary.getPort())).build();
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void readsFromAStandbyAmongTheHostsAndWritesToThePrimary() throws Exception {
    db.users().insert(NewUser.of("sub-ann", "Ann", "ann", null));
    standby.waitUntilItFollows();
    assertThat(db.reader().users().findByHandle("ann")).isPresent();
    assertThat(isStandby(db.reader())).isTrue();
    assertThat(isStandby(db)).isFalse();
    assertThat(db.reader()).isSameAs(db.reader());
  }

  @Test
  void readsFromAUrlOfItsOwn() {
    try (CruddurDb apart =
        CruddurDb.builder().url(url(primary.getPort())).readerUrl(url(standby.port)).build()) {
      assertThat(isStandby(apart.reader())).isTrue();
      assertThat(isStandby(apart)).isFalse();
    }
  }

  @Test
  void refusesToWriteAndKeepsItsConnection() {
    Integer backend = backend(db.reader());
    NewActivity activity = NewActivity.of("sub-ann", "hello", Ttl.ONE_DAY);
    assertThatThrownBy(() -> db.reader().activities().create(activity))
        .isInstanceOfSatisfying(
            ReadOnlyException.class, failure -> assertThat(failure.sqlState()).contains("25006"))
        .hasMessageContaining("in a read-only transaction")
        .hasMessageContaining("write through the CruddurDb itself");
    assertThatThrownBy(() -> db.reader().transaction(tx -> tx.json().execute(DELETE)))
        .isInstanceOf(ReadOnlyException.class);
    assertThat(backend(db.reader())).isEqualTo(backend);
  }

  @Test
  void readsInReadOnlyTransactionsWhereThereIsNoStandby() {
    PoolSettings one = PoolSettings.builder().maximumSize(1).build();
    try (CruddurDb alone = CruddurDb.builder().url(url(primary.getPort())).pool(one).build()) {
      assertThat(isReadOnly(alone.reader())).isTrue();
      assertThat(alone.reader().<Boolean, RuntimeException>transaction(ReaderTest::isReadOnly))
          .isTrue();
      assertThat(alone.reader().dsl().fetchValue("SHOW transaction_read_only")).isEqualTo("on");
      assertThatThrownBy(() -> alone.reader().json().execute(DELETE))
          .isInstanceOf(ReadOnlyException.class);
      // The same connection, given back as it was.
      assertThat(isReadOnly(alone)).isFalse();
      assertThat(alone.json().execute(DELETE)).isZero();
    }
  }

  @Test
  void writesNothingToAServerThatWouldTakeIt() {
    PoolSettings direct = PoolSettings.builder().build();
    PoolSettings pooler = PoolSettings.builder().transactionPooler().build();
    for (PoolSettings settings : List.of(direct, pooler)) {
      ConnectionUrl url = url(primary.getPort());
      try (CruddurDb apart = CruddurDb.builder().url(url).readerUrl(url).pool(settings).build()) {
        assertThat(isReadOnly(apart.reader())).isTrue();
        Integer backend = backend(apart.reader());
        assertThatThrownBy(() -> apart.reader().json().execute(DELETE))
            .isInstanceOf(ReadOnlyException.class);
        assertThat(backend(apart.reader())).isEqualTo(backend);
        assertThat(isReadOnly(apart)).isFalse();
      }
    }
  }

  @Test
  void readsFromTheDataSourceThatItWasGiven() {
    try (HikariDataSource pool = PoolFactory.create(url(primary.getPort()));
        CruddurDb using = CruddurDb.using(pool)) {
      assertThat(isReadOnly(using.reader())).isTrue();
      assertThat(isReadOnly(using)).isFalse();
    }
  }

  @Test
  void isAStandbyWithItsLagWhenItIsLookedAt() throws Exception {
    standby.waitUntilItFollows();
    try (CruddurDb apart = CruddurDb.open(url(standby.port))) {
      Health health = apart.health(Duration.ofSeconds(20));
      assertThat(health.role()).isEqualTo(Health.Role.STANDBY);
      assertThat(health.replayLag()).isNotNull().isLessThan(Duration.ofMinutes(1));
      assertThat(health.schemaVersion()).isNotNull();
      assertThat(health.error()).isNull();
    }
  }

  @Test
  void closesItsConnectionsWithTheDatabase() {
    isStandby(db.reader());
    db.close();
    assertThatThrownBy(() -> isStandby(db.reader())).isInstanceOf(CruddurDbException.class);
    CruddurDb unasked = CruddurDb.builder().url(url(standby.port, primary.getPort())).build();
    unasked.close();
    assertThatThrownBy(unasked::reader)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has been closed");
  }

  @Test
  void asksThePrimaryWhileNoStandbyAnswersAndTheStandbyAgainWhenItIsBack() throws Exception {
    assertThat(isStandby(db.reader())).isTrue();
    standby.kill();
    long start = System.nanoTime();
    // Each connection that was in use a moment ago may fail once.
    assertThat(eventually(3, () -> isStandby(db.reader()))).isFalse();
    assertThat(isReadOnly(db.reader())).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThatThrownBy(() -> db.reader().json().execute(DELETE))
        .isInstanceOf(ReadOnlyException.class);
    standby.start();
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!isStandby(db.reader()) && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertThat(isStandby(db.reader())).isTrue();
  }

  @Test
  void doesNotBurdenThePrimaryWhenTheStandbyIsBusy() {
    PoolSettings small =
        PoolSettings.builder().maximumSize(1).acquireTimeout(Duration.ofMillis(500)).build();
    try (CruddurDb narrow =
        CruddurDb.builder().url(url(standby.port, primary.getPort())).pool(small).build()) {
      narrow
          .reader()
          .transaction(
              tx -> {
                assertThat(isStandby(tx)).isTrue();
                assertThatThrownBy(() -> isStandby(narrow.reader()))
                    .isInstanceOf(ConnectionFailedException.class);
                return null;
              });
    }
  }

  @Test
  void saysBothFailuresWhenNobodyAnswers() {
    PoolSettings small =
        PoolSettings.builder().maximumSize(1).acquireTimeout(Duration.ofMillis(500)).build();
    try (CruddurDb apart =
        CruddurDb.builder()
            .url(url(primary.getPort()))
            .readerUrl(ConnectionUrl.parse("postgresql://postgres@localhost:1/postgres"))
            .pool(small)
            .build()) {
      apart.transaction(
          tx -> {
            assertThatThrownBy(() -> isStandby(apart.reader()))
                .isInstanceOf(ConnectionFailedException.class)
                .hasStackTraceContaining("localhost:1/postgres");
            return isStandby(tx);
          });
      assertThat(isStandby(apart.reader())).isFalse();
    }
  }

  private static <T> T eventually(int attempts, Callable<T> action) throws Exception {
    for (int attempt = 1; attempt < attempts; attempt++) {
      try {
        return action.call();
      } catch (CruddurDbException again) {
        // The next attempt has a new connection.
      }
    }
    return action.call();
  }

  private static boolean isStandby(CruddurQueries queries) {
    return queries.json().value(STANDBY, Boolean.class).orElseThrow();
  }

  private static Integer backend(CruddurQueries queries) {
    return queries.json().value(BACKEND, Integer.class).orElseThrow();
  }

  private static boolean isReadOnly(CruddurQueries queries) {
    return "on"
        .equals(
            queries
                .json()
                .value(SqlTemplate.of("SHOW transaction_read_only"), String.class)
                .orElseThrow());
  }

  private static ConnectionUrl url(int... ports) {
    StringBuilder hosts = new StringBuilder();
    for (int port : ports) {
      hosts.append(hosts.isEmpty() ? "" : ",").append("localhost:").append(port);
    }
    return ConnectionUrl.parse(
        "postgresql://postgres@"
            + hosts
            + "/postgres"
            + (ports.length > 1 ? "?target_session_attrs=primary" : ""));
  }
}
