package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.PoolSettings;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** A database that a command is connected to, by one connection. */
final class Database implements AutoCloseable {

  static final String APPLICATION_NAME = "cruddur-db";

  // Building an index on a large table, or loading a large file, takes as long as it takes.
  private static final PoolSettings PATIENT =
      PoolSettings.builder()
          .maximumSize(1)
          .applicationName(APPLICATION_NAME)
          .statementTimeout(Duration.ZERO)
          .socketTimeout(Duration.ofDays(1))
          .build();

  private final HikariDataSource pool;

  private Database(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Connects, so that what cannot be reached is told in one line before anything is done.
   *
   * @throws SQLException if it cannot be reached; the message says why
   */
  static Database open(ConnectionUrl url) throws SQLException {
    Database database = new Database(PoolFactory.create(url, PATIENT));
    try (Connection connection = database.connect()) {
      connection.getMetaData();
      return database;
    } catch (SQLException | RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /**
   * Lends the one connection. Its search_path is not what the database's owner has set: an operator
   * of theirs would run with the rights of whoever looks at their database.
   */
  Connection connect() throws SQLException {
    Connection connection = pool.getConnection();
    try {
      Sql.execute(connection, "SET search_path = public");
      return connection;
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** Returns the number of the server's process that serves the one connection. */
  int process() throws SQLException {
    try (Connection connection = connect()) {
      return Sql.one(connection, "SELECT pg_catalog.pg_backend_pid()", row -> row.getInt(1));
    }
  }

  DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
