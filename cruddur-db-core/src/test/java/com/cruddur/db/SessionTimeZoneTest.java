package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.schema.Tables;
import com.cruddur.db.users.NewUser;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** In a JVM whose zone is not UTC, which the driver makes the zone of every session. */
class SessionTimeZoneTest {

  private static final TimeZone USUAL = TimeZone.getDefault();
  private static final String FEED_TIME = "\"created_at\":\"2026-07-01T12:00:00+00:00\"";

  @BeforeAll
  static void moveToToronto() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Toronto"));
  }

  @AfterAll
  static void moveBack() {
    TimeZone.setDefault(USUAL);
  }

  @Test
  void isUtcOnTheConnectionsOfItsOwnPool() throws Exception {
    ConnectionUrl url = TestServer.migratedDatabase();
    Clock clock = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);
    try (CruddurDb db = CruddurDb.builder().url(url).clock(clock).build()) {
      addActivity(db);
      assertThat(db.activities().home(FeedRequest.first(1)).jsonText()).contains(FEED_TIME);
      assertThat(zone(db.dataSource().getConnection())).isEqualTo("UTC");
    }
  }

  @Test
  void isSetOnSomebodyElsesConnectionAndPutBack() throws Exception {
    ConnectionUrl url = TestServer.migratedDatabase();
    Clock clock = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);
    try (CruddurDb setUp = CruddurDb.builder().url(url).clock(clock).build();
        HikariDataSource pool = strangersPool(url);
        CruddurDb db = CruddurDb.using(pool)) {
      addActivity(setUp);
      assertThat(zone(pool.getConnection())).isEqualTo("America/Toronto");
      assertThat(db.activities().withClock(clock).home(FeedRequest.first(1)).jsonText())
          .contains(FEED_TIME);
      assertThat(
              db.<String, RuntimeException>transaction(
                  tx -> tx.dsl().fetchSingle("SHOW TimeZone").get(0, String.class)))
          .isEqualTo("UTC");
      assertThat(zone(pool.getConnection())).isEqualTo("America/Toronto");
    }
  }

  @Test
  void isSetForTheTransactionOfTheOwnerAloneAndCommitsNothing() throws Exception {
    ConnectionUrl url = TestServer.migratedDatabase();
    try (HikariDataSource pool = strangersPool(url);
        Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      CruddurDb db = CruddurDb.using(new SingleConnectionDataSource(connection));
      db.users().insert(NewUser.of("sub", "Ann", "ann", null));
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(db.dsl().fetchCount(Tables.USERS)).isZero();
      assertThat(zone(connection)).isEqualTo("America/Toronto");
    }
  }

  /** The connection of a transaction that somebody else began, as a framework lends it. */
  private static final class SingleConnectionDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient Connection connection;

    SingleConnectionDataSource(Connection connection) {
      this.connection = connection;
    }

    @Override
    public Connection getConnection() {
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) ->
                  method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }
  }

  private static void addActivity(CruddurDb db) {
    db.users().insert(NewUser.of("sub", "Ann", "ann", null));
    db.activities().create(NewActivity.of("sub", "hi", Ttl.ONE_DAY));
  }

  private static String zone(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW TimeZone")) {
      row.next();
      return row.getString(1);
    }
  }

  /** A pool of one connection, as a stranger may have configured it. */
  private static HikariDataSource strangersPool(ConnectionUrl url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user().orElseThrow());
    config.setPassword(url.password().orElseThrow());
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }
}
