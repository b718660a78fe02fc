package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The server of this JVM, with the template that databases for tests are cloned from. */
final class TestServer {

  private static final Recipe RECIPE = Recipe.standard();

  private static @Nullable TestServer instance;
  private static @Nullable RuntimeException failure;

  private final DatabaseServer server;
  private final SharedServer shared;
  private final AtomicLong number = new AtomicLong();

  private TestServer(SharedServer shared) {
    this.shared = shared;
    this.server = new DatabaseServer(shared.url());
  }

  /**
   * Returns the one server, started and with the template at the first call. The JVM's end lets go
   * of it: it cannot know which test is the last. A server that cannot be started is tried only
   * once.
   */
  static synchronized TestServer get() {
    if (failure != null) {
      throw failure;
    }
    if (instance == null) {
      try {
        instance = open();
      } catch (LocalPostgresException | TestDatabaseException first) {
        failure = first;
        throw first;
      }
    }
    return instance;
  }

  private static TestServer open() {
    try {
      TestServer opened =
          new TestServer(
              SharedServer.open(Installation.open(TestkitSettings.cacheDirectory()), RECIPE));
      new Templates(opened.server).ensure(RECIPE);
      return opened;
    } catch (SQLException | IOException failure) {
      throw new TestDatabaseException("The template database could not be made", failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TestDatabaseException("The start of the server was interrupted", interrupt);
    }
  }

  /** Makes a database that nobody else gets, and returns its name. */
  String cloneTemplate() {
    String name =
        TemplateNames.TEST + ProcessHandle.current().pid() + "_" + number.incrementAndGet();
    try (Connection connection = server.connect()) {
      DatabaseServer.execute(
          connection,
          "CREATE DATABASE "
              + name
              + " TEMPLATE "
              + RECIPE.template()
              + DatabaseServer.strategy(connection));
      return name;
    } catch (SQLException failure) {
      throw new TestDatabaseException("No database could be made from the template", failure);
    }
  }

  void drop(String database) {
    try (Connection connection = server.connect()) {
      DatabaseServer.execute(connection, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    } catch (SQLException failure) {
      throw new TestDatabaseException("The database " + database + " was not dropped", failure);
    }
  }

  ConnectionUrl url(String database) {
    return server.url().withDatabase(database);
  }

  /** Returns a data source without a pool. */
  PGSimpleDataSource dataSource(String database) {
    return server.owner(database);
  }

  /** Returns the directory that holds the server's data and log. */
  Path home() {
    return shared.home();
  }

  /** Keeps the server for a time, also when all JVMs that use it have ended. */
  void hold(Duration time) throws IOException {
    shared.hold(time);
  }
}
