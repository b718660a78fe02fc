package com.cruddur.db;

import com.cruddur.db.migrations.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded PostgreSQL for the JVM, and a migrated database of it for each test that asks. */
public final class TestServer {

  private static final String TEMPLATE = "migrated";
  private static final String APP = "test_app";
  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestServer() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
      admin(server, "CREATE DATABASE " + TEMPLATE);
      Migrations migrations = Migrations.of(server.getDatabase("postgres", TEMPLATE));
      migrations.migrate();
      migrations.roles();
      admin(server, "CREATE ROLE " + APP + " LOGIN PASSWORD '" + APP + "' IN ROLE cruddur_app");
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void stop(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the URL of a new database with the schema and no rows. */
  public static ConnectionUrl migratedDatabase() {
    return newDatabase(" TEMPLATE " + TEMPLATE);
  }

  /**
   * Returns the URL of the same database as a user with the rights of cruddur_app and no others.
   */
  public static ConnectionUrl asApp(ConnectionUrl database) {
    return ConnectionUrl.parse(
        "postgresql://%1$s:%1$s@localhost:%2$d/%3$s"
            .formatted(APP, SERVER.getPort(), database.database()));
  }

  /** Returns the URL of a new database without the schema. */
  public static ConnectionUrl emptyDatabase() {
    return newDatabase("");
  }

  private static ConnectionUrl newDatabase(String options) {
    String name = "test_" + NUMBER.incrementAndGet();
    execute("CREATE DATABASE " + name + options);
    return url().withDatabase(name);
  }

  /** Returns the URL of the server's maintenance database, as a superuser. */
  public static ConnectionUrl url() {
    return ConnectionUrl.parse(
        "postgresql://postgres:postgres@localhost:" + SERVER.getPort() + "/postgres");
  }

  /** Executes a statement in the maintenance database, as a superuser. */
  public static void execute(String sql) {
    admin(SERVER, sql);
  }

  private static void admin(EmbeddedPostgres server, String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
