package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
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
  static final int LOCK = 0x63727564;

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

  /**
   * Returns the address that tests get, of the database that the server's own names. The templates
   * have to be there first: they make the role that the login stands for.
   */
  ConnectionUrl login() throws SQLException {
    if (server.isOurs()) {
      return AppLogin.url(server.url());
    }
    try (Connection connection = server.connect()) {
      if (server.url().password().isEmpty() || !AppLogin.isPossible(connection)) {
        LOG.warn(
            "Tests run as the owner of the tables and will not notice a missing right: let the user"
                + " in {} create roles, and have a password.",
            server);
        return server.url();
      }
      lock(connection);
      AppLogin.create(connection, server);
      return AppLogin.url(server.url());
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
    Optional<Recipe> below = below(connection, recipe);
    long start = System.nanoTime();
    String unfinished = TemplateNames.UNFINISHED + recipe.key();
    DatabaseServer.execute(connection, "DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)");
    create(connection, unfinished, below);
    PGSimpleDataSource template = server.owner(unfinished);
    if (below.isPresent()) {
      recipe.seeds().getLast().load(template);
    } else {
      migrate(connection, template);
      for (TemplateSeed seed : recipe.seeds()) {
        seed.load(template);
      }
    }
    prime(template);
    seal(connection, unfinished, recipe.template());
    LOG.debug("Made {} in {} ms", recipe.template(), (System.nanoTime() - start) / 1_000_000);
  }

  /**
   * Returns what the template is made on top of. The first of a server is made in one go: one that
   * is only migrated would be of no use in most builds, and be copied in each.
   */
  private Optional<Recipe> below(Connection connection, Recipe recipe) throws SQLException {
    Optional<Recipe> below = recipe.below();
    boolean only = below.filter(lower -> lower.seeds().isEmpty()).isPresent();
    if (below.isEmpty() || (only && !anyExists(connection))) {
      return Optional.empty();
    }
    make(connection, below.get());
    return below;
  }

  private static void create(Connection connection, String database, Optional<Recipe> below)
      throws SQLException {
    String source =
        below.isEmpty()
            ? ""
            : " TEMPLATE " + below.get().template() + DatabaseServer.strategy(connection);
    DatabaseServer.execute(connection, "CREATE DATABASE " + database + source);
  }

  private void migrate(Connection connection, PGSimpleDataSource template) throws SQLException {
    Migrations migrations = Migrations.of(template);
    boolean withRoles = AppLogin.isPossible(connection);
    if (withRoles) {
      migrations.roles();
    }
    migrations.migrate();
    if (withRoles && server.isOurs()) {
      AppLogin.create(connection, server);
    }
  }

  /** The first session after a change writes what every later one in a clone need not gather. */
  private static void prime(PGSimpleDataSource template) throws SQLException {
    try (Connection connection = template.getConnection()) {
      DatabaseServer.execute(connection, "VACUUM ANALYZE");
    }
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
    return holds(connection, "datname = ?", database);
  }

  private static boolean anyExists(Connection connection) throws SQLException {
    return holds(connection, "pg_catalog.starts_with(datname, ?)", TemplateNames.TEMPLATE);
  }

  private static boolean holds(Connection connection, String condition, String value)
      throws SQLException {
    String query = "SELECT FROM pg_catalog.pg_database WHERE " + condition;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}
