package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The server of this JVM, with the template that databases for tests are cloned from. */
final class TestServer {

  private static final Recipe RECIPE = Recipe.standard();
  private static final int FIRST_MAJOR_WITH_STRATEGY = 15;

  private static @Nullable TestServer server;
  private static @Nullable RuntimeException failure;

  private final LocalPostgres postgres;
  private final AtomicLong number = new AtomicLong();

  private TestServer(LocalPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Returns the one server, started and with the template at the first call. The JVM's end stops
   * it: it cannot know which test is the last. A server that cannot be started is tried only once.
   */
  static synchronized TestServer get() {
    if (failure != null) {
      throw failure;
    }
    if (server == null) {
      try {
        server = start();
      } catch (LocalPostgresException | TestDatabaseException first) {
        failure = first;
        throw first;
      }
    }
    return server;
  }

  private static TestServer start() {
    LocalPostgres.Builder builder = LocalPostgres.builder();
    builder.cluster = installation -> new SeededCluster(installation, RECIPE);
    TestServer server = new TestServer(builder.start());
    try {
      new Templates(new DatabaseServer(server.postgres.url())).ensure(RECIPE);
      return server;
    } catch (SQLException | RuntimeException failure) {
      server.postgres.close();
      throw new TestDatabaseException("The template database could not be made", failure);
    }
  }

  /** Makes a database that nobody else gets, and returns its name. */
  String cloneTemplate() {
    String name = "cruddur_test_" + number.incrementAndGet();
    try {
      execute("CREATE DATABASE " + name + " TEMPLATE " + RECIPE.template() + strategy());
      return name;
    } catch (SQLException failure) {
      throw new TestDatabaseException("No database could be made from the template", failure);
    }
  }

  /** Copying files is the fastest for a small template; it has to be asked for since 15. */
  private String strategy() {
    int major = Integer.parseInt(postgres.version().split("\\.", 2)[0]);
    return major < FIRST_MAJOR_WITH_STRATEGY ? "" : " STRATEGY FILE_COPY";
  }

  void drop(String database) {
    try {
      execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    } catch (SQLException failure) {
      throw new TestDatabaseException("The database " + database + " was not dropped", failure);
    }
  }

  ConnectionUrl url(String database) {
    return postgres.url().withDatabase(database);
  }

  /** Returns a data source without a pool. */
  PGSimpleDataSource dataSource(String database) {
    ConnectionUrl url = url(database);
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url.jdbcUrl());
    dataSource.setUser(url.user().orElseThrow());
    dataSource.setPassword(url.password().orElseThrow());
    return dataSource;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
