package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurQueries;
import com.cruddur.db.PoolSettings;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 8 threads with 200 transactions each over 2 connections of PgBouncer to its server. */
@Tag("external")
class TransactionPoolerTest {

  private static final int THREADS = 8;
  private static final int TRANSACTIONS = 200;
  private static final TimeZone USUAL = TimeZone.getDefault();

  private PostgresProcess server;
  private PgBouncer pooler;

  @BeforeEach
  void start() throws Exception {
    server = PostgresProcess.create();
    server.execute(Load.TABLE);
    server.execute("ALTER ROLE postgres SET statement_timeout = '29s'");
    pooler = new PgBouncer(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    TimeZone.setDefault(USUAL);
    pooler.close();
    server.close();
  }

  @Test
  void isServedRightByTheSettingsMadeForIt() throws Exception {
    try (CruddurDb db = open()) {
      assertThat(wrongOrFailed(db)).isEmpty();
    }
    assertThat(server.value("SELECT count(*) FROM (SELECT DISTINCT * FROM writes) AS rows"))
        .isEqualTo(String.valueOf(THREADS * TRANSACTIONS));
    assertThat(server.value("SELECT count(*) FROM writes"))
        .isEqualTo(String.valueOf(THREADS * TRANSACTIONS));
  }

  @Test
  void isNotServedByTheDriversDefaults() throws Exception {
    HikariConfig defaults = new HikariConfig();
    defaults.setJdbcUrl(pooler.url().jdbcUrl());
    defaults.setUsername("postgres");
    defaults.setMaximumPoolSize(THREADS);
    try (HikariDataSource pool = new HikariDataSource(defaults);
        CruddurDb db = CruddurDb.using(pool)) {
      List<String> wrong = wrongOrFailed(db);
      Measured.say(
          "PgBouncer, the driver's defaults: " + wrong.size() + " of 1600 wrong or failed");
      assertThat(wrong).isNotEmpty();
    }
  }

  @Test
  void refusesThePoolForADirectConnectionAndIsNamed() {
    assertThatThrownBy(() -> CruddurDb.open(pooler.url()))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("unsupported startup parameter")
        .hasMessageContaining("transactionPooler()");
  }

  @Test
  void keepsEachClientInItsOwnTimeZoneAndTheTimeoutOfTheRole() throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Toronto"));
    HikariConfig stranger = new HikariConfig();
    stranger.setJdbcUrl(pooler.url().jdbcUrl());
    stranger.setUsername("postgres");
    stranger.addDataSourceProperty("prepareThreshold", "0");
    try (CruddurDb db = open();
        HikariDataSource theirs = new HikariDataSource(stranger)) {
      for (int turn = 0; turn < 50; turn++) {
        assertThat(setting(db, "TimeZone")).isEqualTo("UTC");
        assertThat(setting(db, "statement_timeout")).isEqualTo("29s");
        try (var connection = theirs.getConnection();
            var rows = connection.createStatement().executeQuery("SHOW TimeZone")) {
          rows.next();
          assertThat(rows.getString(1)).isEqualTo("America/Toronto");
        }
      }
    }
  }

  private static String setting(CruddurDb db, String name) {
    return String.valueOf(db.dsl().fetchValue("SELECT current_setting('" + name + "')"));
  }

  private CruddurDb open() {
    PoolSettings settings =
        PoolSettings.builder()
            .transactionPooler()
            .maximumSize(THREADS)
            .acquireTimeout(Duration.ofSeconds(30))
            .build();
    ConnectionUrl url = pooler.url();
    return CruddurDb.builder().url(url).pool(settings).build();
  }

  private static List<String> wrongOrFailed(CruddurDb db) throws Exception {
    List<Future<List<String>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        int writer = thread;
        answers.add(threads.submit(() -> run(db, writer)));
      }
    }
    List<String> all = new ArrayList<>();
    for (Future<List<String>> answer : answers) {
      all.addAll(answer.get());
    }
    return all;
  }

  private static List<String> run(CruddurDb db, int writer) {
    List<String> wrong = new ArrayList<>();
    for (int number = 0; number < TRANSACTIONS; number++) {
      int current = number;
      try {
        db.transaction(tx -> write(tx, writer, current));
      } catch (RuntimeException | AssertionError failure) {
        wrong.add(String.valueOf(failure.getMessage()));
      }
    }
    return wrong;
  }

  /** Three statements that the driver would keep prepared, two of them alike in their types. */
  private static int write(CruddurQueries tx, int writer, int number) {
    tx.dsl().execute("INSERT INTO writes VALUES (?, ?)", writer, number);
    assertThat(tx.dsl().fetchValue("SELECT ?::int + ?::int", writer, number))
        .isEqualTo(writer + number);
    assertThat(tx.dsl().fetchValue("SELECT ?::int - ?::int", writer, number))
        .isEqualTo(writer - number);
    return number;
  }
}
