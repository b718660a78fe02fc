package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A primary and a standby that has what the primary acknowledged. Upper bounds leave three times
 * what is promised.
 */
class FailoverTest {

  private static final int WRITERS = 4;
  private static final Duration SOCKET = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TWO_SECONDS_WITH_SLACK = Duration.ofSeconds(6);

  private PostgresProcess primary;
  private PostgresProcess standby;
  private CruddurDb db;

  @BeforeEach
  void start() throws Exception {
    primary = PostgresProcess.create();
    primary.execute(Load.TABLE);
    standby = primary.startStandby("standby");
    primary.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
    primary.execute("SELECT pg_reload_conf()");
    awaitSynchronousStandby();
    // The standby comes first, so that somebody has to look for the primary.
    db = open(url(standby, primary));
  }

  private static CruddurDb open(ConnectionUrl url) {
    PoolSettings settings =
        PoolSettings.builder()
            .maximumSize(WRITERS)
            .minimumIdle(WRITERS)
            .socketTimeout(SOCKET)
            .connectTimeout(CONNECT)
            .statementTimeout(Duration.ofSeconds(4))
            .build();
    return CruddurDb.builder().url(url).pool(settings).build();
  }

  private void awaitSynchronousStandby() throws Exception {
    while (!primary.value("SELECT sync_state FROM pg_stat_replication").equals("sync")) {
      Thread.sleep(20);
    }
  }

  private static ConnectionUrl url(PostgresProcess first, PostgresProcess second) {
    return PostgresProcess.url(
        "?target_session_attrs=read-write&sslmode=disable", first.port(), second.port());
  }

  @AfterEach
  void stop() throws Exception {
    db.close();
    standby.close();
    primary.close();
  }

  @Test
  void findsThePrimaryAmongTheHosts() {
    assertThat(db.dsl().fetchValue("SELECT inet_server_port()")).isEqualTo(primary.port());
  }

  @Test
  void goesOnWithThePromotedStandbyWhenThePrimaryIsKilled() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      primary.kill();
      long promoted = promote();
      assertRecovery("primary killed, standby promoted", load, promoted);
      assertThat(load.firstSuccessAfter(promoted)).isLessThan(TWO_SECONDS_WITH_SLACK);
    }
  }

  /** Its connections hear nothing more until the socket time-out, nor do those who look for it. */
  @Test
  @Tag("faults")
  void goesOnWithThePromotedStandbyWhenThePrimaryIsSilent() throws Exception {
    try (CruddurDb behindIt = open(url(primary, standby));
        Load load = new Load(behindIt, WRITERS).awaitBusyPool()) {
      primary.freeze();
      long promoted = promote();
      assertRecovery("primary frozen, standby promoted", load, promoted);
      assertThat(load.firstSuccessAfter(promoted)).isLessThan(SOCKET.plus(CONNECT));
    }
  }

  private long promote() throws Exception {
    long asked = System.nanoTime();
    standby.promote();
    return asked;
  }

  @Test
  void goesOnWithThePromotedStandbyWhenThePrimaryBecomesReadOnly() throws Exception {
    try (Load load = new Load(db, WRITERS).awaitBusyPool()) {
      primary.execute("ALTER SYSTEM SET default_transaction_read_only = on");
      primary.execute("SELECT pg_reload_conf()");
      Thread.sleep(500);
      long promoted = promote();
      assertRecovery("primary made read-only, standby promoted", load, promoted);
      assertThat(load.firstSuccessAfter(promoted)).isLessThan(TWO_SECONDS_WITH_SLACK);
    }
  }

  private void assertRecovery(String fault, Load load, long promoted) throws Exception {
    load.awaitSuccessOfEachAfter(promoted).close();
    Measured.say(fault, load, load.firstSuccessAfter(promoted));
    assertThat(load.failures()).hasSizeLessThanOrEqualTo(WRITERS);
    assertNoReadOnlyConnectionIsLeft(load.db());
    load.assertNothingLostOrDoubled(standby);
  }

  /** Takes every connection that the pool holds at once. */
  private void assertNoReadOnlyConnectionIsLeft(CruddurDb used) throws Exception {
    HikariDataSource pool = (HikariDataSource) used.dataSource();
    List<java.sql.Connection> all = new ArrayList<>();
    while (pool.getHikariPoolMXBean().getIdleConnections() > 0) {
      all.add(pool.getConnection());
    }
    assertThat(all).isNotEmpty();
    for (java.sql.Connection connection : all) {
      try (connection;
          var statement = connection.createStatement();
          var row =
              statement.executeQuery(
                  "SELECT inet_server_port(), current_setting('transaction_read_only')")) {
        row.next();
        assertThat(row.getInt(1)).isEqualTo(standby.port());
        assertThat(row.getString(2)).isEqualTo("off");
      }
    }
  }
}
