package com.cruddur.db.testkit;

import com.cruddur.db.migrations.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The template databases of a server. */
final class Templates {

  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

  /** The first key of our advisory locks: "crud" in ASCII. */
  private static final int LOCK = 0x63727564;

  private static final String LONGEST_WAIT = "3min";

  private final DatabaseServer server;

  Templates(DatabaseServer server) {
    this.server = server;
  }

  /**
   * Makes the template unless it is there. Whoever asks at the same time, in whatever JVM, waits
   * until it is.
   */
  void ensure(Recipe recipe) throws SQLException {
    try (Connection connection = server.connect()) {
      if (!exists(connection, recipe.template())) {
        lock(connection);
        make(connection, recipe);
      }
    }
  }

  /** Locks until the session ends. */
  private static void lock(Connection connection) throws SQLException {
    DatabaseServer.execute(connection, "SET lock_timeout = '" + LONGEST_WAIT + "'");
    DatabaseServer.execute(connection, "SELECT pg_catalog.pg_advisory_lock(" + LOCK + ", 0)");
  }

  private void make(Connection connection, Recipe recipe) throws SQLException {
    if (exists(connection, recipe.template())) {
      return;
    }
    Optional<Recipe> below = recipe.below();
    if (below.isPresent()) {
      make(connection, below.get());
    }
    long start = System.nanoTime();
    String unfinished = TemplateNames.UNFINISHED + recipe.key();
    DatabaseServer.execute(connection, "DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
    DatabaseServer.execute(
        connection,
        "CREATE DATABASE "
            + unfinished
            + (below.isPresent()
                ? " TEMPLATE " + below.get().template() + DatabaseServer.strategy(connection)
                : ""));
    fill(server.owner(unfinished), recipe);
    seal(connection, unfinished, recipe.template());
    LOG.debug("Made {} in {} ms", recipe.template(), (System.nanoTime() - start) / 1_000_000);
  }

  private static void fill(PGSimpleDataSource template, Recipe recipe) throws SQLException {
    if (recipe.below().isPresent()) {
      recipe.seeds().getLast().load(template);
    } else {
      Migrations.of(template).migrate();
      for (TemplateSeed seed : recipe.seeds()) {
        seed.load(template);
      }
    }
    // The first session after a change writes what every later one in a clone then need not gather.
    try (Connection connection = template.getConnection()) {
      DatabaseServer.execute(connection, "SELECT count(*) FROM public.activities");
    }
  }

  /** A session on it would make every clone wait and fail; only a finished one has its name. */
  private static void seal(Connection connection, String unfinished, String template)
      throws SQLException {
    DatabaseServer.execute(
        connection,
        "ALTER DATABASE " + unfinished + " WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
    DatabaseServer.execute(connection, "ALTER DATABASE " + unfinished + " RENAME TO " + template);
  }

  private static boolean exists(Connection connection, String database) throws SQLException {
    String query = "SELECT FROM pg_catalog.pg_database WHERE datname = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
