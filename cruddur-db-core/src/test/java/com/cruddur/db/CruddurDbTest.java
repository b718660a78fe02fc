package com.cruddur.db;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.users.NewUser;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CruddurDbTest {

  private ConnectionUrl url;
  private CruddurDb db;

  @BeforeEach
  void open() {
    url = TestServer.migratedDatabase();
    db = CruddurDb.open(url);
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void commitsWhatTheWorkDidWhenItReturns() {
    UUID uuid = db.transaction(tx -> tx.users().insert(user("ann")).uuid());
    assertThat(handles()).containsExactly("ann");
    assertThat(uuid).isNotNull();
  }

  @Test
  void rollsBackAndPassesOnWhatTheWorkThrows() {
    IOException thrown = new IOException("no");
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.users().insert(user("ann"));
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(handles()).isEmpty();
  }

  @Test
  void undoesOnlyTheNestedWorkThatThrows() {
    db.transaction(
        tx -> {
          tx.users().insert(user("ann"));
          assertThatThrownBy(
                  () ->
                      tx.transaction(
                          nested -> {
                            nested.users().insert(user("bob"));
                            nested.dsl().execute("SELECT 1 / 0");
                            return null;
                          }))
              .hasMessageContaining("division by zero");
          return tx.users().insert(user("cid"));
        });
    assertThat(handles()).containsExactlyInAnyOrder("ann", "cid");
  }

  @Test
  void runsAllPartsOfATransactionOnOneConnection() {
    db.transaction(
        tx -> {
          Object backend = tx.dsl().fetchValue("SELECT pg_backend_pid()");
          tx.users().insert(user("ann"));
          assertThat(tx.dsl().fetchCount(USERS)).isEqualTo(1);
          assertThat(tx.dsl().fetchValue("SELECT pg_backend_pid()")).isEqualTo(backend);
          return null;
        });
  }

  @Test
  void refusesToEndTheTransactionFromWithin() {
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.dsl().connection(connection -> connection.commit());
                      return null;
                    }))
        .hasStackTraceContaining("commit is not for the work to call");
  }

  @Test
  void saysThatNothingWasCommittedWhenTheWorkHidAFailure() {
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.users().insert(user("ann"));
                      assertThatThrownBy(() -> tx.dsl().execute("SELECT 1 / 0")).isNotNull();
                      return "done";
                    }))
        .isInstanceOfSatisfying(
            CruddurDbException.class, failure -> assertThat(failure.sqlState()).contains("25P02"))
        .hasMessageContaining("nothing was committed");
    assertThat(handles()).isEmpty();
  }

  @Test
  void refusesAPoolThatWouldRollBackWhatASingleCallWrites() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user().orElseThrow());
    config.setPassword(url.password().orElseThrow());
    config.setAutoCommit(false);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThatThrownBy(() -> CruddurDb.using(pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("auto-commit off");
    }
  }

  @Test
  void leavesNoSessionBehindHoweverSoonItIsClosed() {
    for (int i = 0; i < 20; i++) {
      CruddurDb.open(url).close();
    }
    String others =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!db.dsl().fetchValue(others).equals(0L) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(db.dsl().fetchValue(others)).isEqualTo(0L);
  }

  @Test
  void refusesUseOfATransactionThatHasEnded() {
    CruddurQueries ended = db.transaction(tx -> tx);
    assertThatThrownBy(() -> ended.users().insert(user("ann")))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void leavesTheDataSourceOfSomebodyElseOpen() {
    try (HikariDataSource pool = PoolFactory.create(url)) {
      CruddurDb.using(pool).close();
      assertThat(pool.isClosed()).isFalse();
    }
  }

  @Test
  void goesByItsClockOnConnectionsOfSomebodyElse() {
    Clock clock = Clock.fixed(Instant.parse("2020-02-29T12:00:00Z"), ZoneOffset.UTC);
    try (HikariDataSource pool = PoolFactory.create(url)) {
      CruddurDb timed = CruddurDb.builder().dataSource(pool).clock(clock).build();
      UUID ann = timed.users().insert(user("ann")).uuid();
      assertThat(timed.activities().create(NewActivity.of(ann, "hi", Ttl.ONE_DAY)).json())
          .contains("2020-02-29T12:00:00+00:00", "2020-03-01T12:00:00+00:00");
    }
  }

  @Test
  void closesItsOwnPool() {
    HikariDataSource pool = (HikariDataSource) db.dataSource();
    db.close();
    assertThat(pool.isClosed()).isTrue();
  }

  @Test
  void givesItsFirstConnectionToThePool() {
    PoolSettings one = PoolSettings.builder().maximumSize(1).build();
    try (CruddurDb second = CruddurDb.builder().url(url).pool(one).build()) {
      second.activities().home(FeedRequest.first(1));
      Object sessions =
          second
              .dsl()
              .fetchValue(
                  "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                      + " backend_start >= (SELECT backend_start FROM pg_stat_activity WHERE pid ="
                      + " pg_backend_pid())");
      assertThat(sessions).isEqualTo(1L);
    }
  }

  private List<String> handles() {
    return db.dsl().select(USERS.HANDLE).from(USERS).fetch(USERS.HANDLE);
  }

  private static NewUser user(String handle) {
    return NewUser.of("sub-" + handle, handle, handle, null);
  }
}
