package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The server that this JVM's databases for tests are on. Thread-safe. */
final class TestServer {

  private static @Nullable TestServer instance;
  private static @Nullable RuntimeException failure;

  private final DatabaseServer server;
  private final ConnectionUrl login;
  private final SharedServer shared;
  private final Templates templates;
  private final DatabaseSupply supply;
  private final Set<Recipe> made = ConcurrentHashMap.newKeySet();

  private TestServer(SharedServer shared, Recipe recipe) throws SQLException {
    this.shared = shared;
    server = new DatabaseServer(shared.url(), true);
    templates = new Templates(server);
    templates.ensure(recipe);
    made.add(recipe);
    login = templates.login();
    supply = DatabaseSupply.open(server);
  }

  /**
   * Returns the one server, started with the template inside at the first call. The JVM's end lets
   * go of it: it cannot know which test is the last. A server that cannot be started is tried only
   * once.
   */
  static synchronized TestServer get(Recipe recipe) {
    if (failure != null) {
      throw failure;
    }
    if (instance == null) {
      try {
        instance = open(recipe);
      } catch (LocalPostgresException | TestDatabaseException first) {
        failure = first;
        throw first;
      }
    }
    return instance;
  }

  private static TestServer open(Recipe recipe) {
    try {
      Installation installation = Installation.open(TestkitSettings.cacheDirectory());
      return new TestServer(SharedServer.open(installation, recipe), recipe);
    } catch (SQLException | IOException failure) {
      throw new TestDatabaseException("The template database could not be made", failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TestDatabaseException("The start of the server was interrupted", interrupt);
    }
  }

  /** Makes a database that nobody else gets, and returns its name. */
  String take(Recipe recipe, String purpose) {
    if (!made.contains(recipe)) {
      try {
        templates.ensure(recipe);
        made.add(recipe);
      } catch (SQLException failure) {
        throw new TestDatabaseException("The template database could not be made", failure);
      }
    }
    return supply.take(recipe, purpose);
  }

  /** Drops a database soon. */
  void giveBack(String database) {
    supply.giveBack(database);
  }

  /** Keeps a database, and its server, for a time beyond the end of its test and of this JVM. */
  void keep(String database, String purpose, Duration time) {
    try {
      shared.hold(time);
      supply.keep(database, purpose, time);
    } catch (IOException failure) {
      throw new TestDatabaseException("The database " + database + " is not kept", failure);
    }
  }

  /** Returns the address of a database for the service's role. */
  ConnectionUrl url(String database) {
    return login.withDatabase(database);
  }

  /** Returns the address of a database for who owns the tables. */
  ConnectionUrl ownerUrl(String database) {
    return server.url().withDatabase(database);
  }

  /** Returns a data source without a pool. */
  static PGSimpleDataSource dataSource(ConnectionUrl url) {
    return DatabaseServer.dataSource(url);
  }

  /** Returns the directory that holds the server's data and log. */
  Path home() {
    return shared.home();
  }
}
