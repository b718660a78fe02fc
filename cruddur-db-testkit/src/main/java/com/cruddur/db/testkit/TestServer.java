package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The server that this JVM's databases for tests are on. Thread-safe. */
final class TestServer {

  private static @Nullable TestServer instance;
  private static @Nullable TestDatabaseException failure;

  private final DatabaseServer server;
  private final ConnectionUrl login;
  private final OpenServer.Hold hold;
  private final Optional<Path> home;
  private final Templates templates;
  private final DatabaseSupply supply;
  private final Set<Recipe> made = ConcurrentHashMap.newKeySet();

  TestServer(OpenServer open, Recipe recipe) throws SQLException {
    server = open.databases();
    hold = open.hold();
    home = open.home();
    templates = Templates.of(server);
    if (!server.isOurs()) {
      templates.ensure(recipe);
    }
    // On ours it nearly always is: who started it did so for the same tests. If not, the supply
    // finds out at its first database.
    made.add(recipe);
    login = templates.login();
    supply = DatabaseSupply.open(server, templates, login);
  }

  /**
   * Returns the one server, opened at the first call, with the template inside. The JVM's end lets
   * go of it: it cannot know which test is the last. What cannot be opened is tried only once.
   */
  static synchronized TestServer get(Recipe recipe) {
    if (failure != null) {
      throw failure;
    }
    if (instance == null) {
      try {
        instance = new TestServer(ServerChoice.open(recipe), recipe);
      } catch (SQLException | TestDatabaseException first) {
        TestDatabaseException reason = noTemplate(first);
        // A test that ran into its time limit says nothing about the next.
        failure = Thread.currentThread().isInterrupted() ? null : reason;
        throw reason;
      }
    }
    return instance;
  }

  private static TestDatabaseException noTemplate(Exception failure) {
    return failure instanceof TestDatabaseException known
        ? known
        : new TestDatabaseException("The template database could not be made", failure);
  }

  /** Makes a database that nobody else gets. */
  FreshDatabase take(Recipe recipe, String purpose) {
    ensure(recipe);
    return supply.take(recipe, purpose);
  }

  /** Makes the template unless this JVM knows that it is there. */
  void ensure(Recipe recipe) {
    if (!made.contains(recipe)) {
      try {
        templates.ensure(recipe);
        made.add(recipe);
      } catch (SQLException failure) {
        throw noTemplate(failure);
      }
    }
  }

  /** Drops a database soon, and closes something before. */
  void giveBack(FreshDatabase database, Optional<AutoCloseable> last) {
    supply.giveBack(database, last);
  }

  /** Keeps a database, and its server, for a time beyond the end of its test and of this JVM. */
  void keep(String database, String purpose, Duration time) {
    try {
      hold.on(time);
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

  /** Returns a directory that vanishes with the server, if it is ours. */
  Optional<Path> home() {
    return home;
  }
}
