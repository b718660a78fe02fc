package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what the first session of a JVM needs, the driver above all, while the server starts: a
 * fifth of a second.
 */
final class WarmUp {

  private final CountDownLatch logger = new CountDownLatch(1);

  private WarmUp() {}

  static WarmUp start(Recipe recipe) {
    WarmUp warmUp = new WarmUp();
    start("cruddur-db-warm-up", warmUp::rehearse);
    start("cruddur-db-key", recipe::key);
    return warmUp;
  }

  /**
   * Waits until there is a logger: of what is logged before, slf4j says on the console that it was
   * too early.
   */
  void awaitLogger() throws InterruptedException {
    logger.await();
  }

  private static void start(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  private void rehearse() {
    Logger log = newLogger();
    try (Rehearsal server = new Rehearsal()) {
      String url = "postgresql://postgres:x@127.0.0.1:%d/postgres?sslmode=disable";
      ConnectionUrl login = AppLogin.url(ConnectionUrl.parse(url.formatted(server.port())));
      DataSource dataSource = new ConnectionWatch().over(DatabaseServer.dataSource(login));
      isRefused(dataSource);
      query(dataSource);
    } catch (IOException | SQLException failure) {
      log.debug("The first session will begin more slowly", failure);
    }
  }

  private Logger newLogger() {
    try {
      return LoggerFactory.getLogger(WarmUp.class);
    } finally {
      logger.countDown();
    }
  }

  private static void isRefused(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      throw new SQLException("A login was to be refused, and gave " + connection);
    } catch (SQLException refusal) {
      if (!"28P01".equals(refusal.getSQLState())) {
        throw refusal;
      }
    }
  }

  private static void query(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT message")) {
      if (!rows.next() || !"x".equals(rows.getString(1))) {
        throw new SQLException("A query was to give one row");
      }
    }
  }
}
