package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server on which databases can be made.
 *
 * @param url of a database that exists, for a user that may create others
 * @param isOurs whether we started it, with a random password and nobody else's databases
 */
record DatabaseServer(ConnectionUrl url, boolean isOurs) {

  private static final int FIRST_MAJOR_WITH_STRATEGY = 15;

  /** Returns a data source without a pool, for the owner of a database. */
  PGSimpleDataSource owner(String database) {
    return dataSource(url.withDatabase(database));
  }

  /** Opens a session on the database that exists. */
  Connection connect() throws SQLException {
    return dataSource(url).getConnection();
  }

  static PGSimpleDataSource dataSource(ConnectionUrl url) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url.jdbcUrl());
    url.driverProperties()
        .forEach((name, value) -> setProperty(dataSource, name.toString(), value.toString()));
    url.user().ifPresent(dataSource::setUser);
    url.password().ifPresent(dataSource::setPassword);
    return dataSource;
  }

  /** Returns the words that let the server copy files: faster for a small template, since 15. */
  static String strategy(Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    return major < FIRST_MAJOR_WITH_STRATEGY ? "" : " STRATEGY FILE_COPY";
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void setProperty(PGSimpleDataSource dataSource, String name, String value) {
    try {
      dataSource.setProperty(name, value);
    } catch (SQLException e) {
      throw new IllegalArgumentException("The driver does not know " + name, e);
    }
  }

  /** Names the server without its password. */
  @Override
  public String toString() {
    return url.toString();
  }
}
