package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.migrations.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The template databases of a server. */
final class Templates {

  private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

  /** The first key of our advisory locks: "crud" in ASCII. */
  static final int LOCK = 0x63727564;

  private static final String LONGEST_WAIT = "3min";

  /** Templates on a server that stays: those of a few branches and seeds. */
  private static final int KEPT = 8;

  private final DatabaseServer server;
  private final boolean withRoles;
  private final String variant;
  private final Map<Recipe, String> names = new ConcurrentHashMap<>();

  private Templates(DatabaseServer server, boolean withRoles) {
    this.server = server;
    this.withRoles = withRoles;
    this.variant = server.isOurs() ? "" : server.url().user().orElse("") + " " + withRoles;
  }

  static Templates of(DatabaseServer server) throws SQLException {
    if (server.isOurs()) {
      return new Templates(server, true);
    }
    try (Connection connection = server.connect()) {
      boolean hasPassword = server.url().password().isPresent();
      return new Templates(server, hasPassword && AppLogin.isPossible(connection));
    }
  }

  /**
   * Returns the name of a recipe's template. On a server of somebody else's it is another for each
   * user, who has to own the tables, and for one who may create roles by now.
   */
  String name(Recipe recipe) {
    return names.computeIfAbsent(
        recipe,
        known ->
            TemplateNames.TEMPLATE
                + (variant.isEmpty()
                    ? known.key()
                    : Fingerprint.of(List.of(variant, known.key()))));
  }

  /**
   * Makes the template unless it is there. Whoever asks at the same time, in whatever JVM, waits
   * until it is.
   */
  void ensure(Recipe recipe) throws SQLException {
    try (Connection connection = server.connect()) {
      if (!exists(connection, name(recipe))) {
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
    if (!withRoles) {
      LOG.warn(
          "Tests run as the owner of the tables and will not notice a missing right: let the user"
              + " in {} create roles, and have a password.",
          server);
      return server.url();
    }
    try (Connection connection = server.connect()) {
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
    String name = name(recipe);
    if (exists(connection, name)) {
      return;
    }
    Optional<Recipe> below = below(connection, recipe);
    long start = System.nanoTime();
    String unfinished = name.replace(TemplateNames.TEMPLATE, TemplateNames.UNFINISHED);
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
    seal(connection, unfinished, name);
    if (!server.isOurs()) {
      prune(connection);
    }
    LOG.debug("Made {} in {} ms", name, (System.nanoTime() - start) / 1_000_000);
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

  private void create(Connection connection, String database, Optional<Recipe> below)
      throws SQLException {
    if (below.isPresent()) {
      clone(connection, below.get(), database);
    } else {
      DatabaseServer.execute(connection, "CREATE DATABASE " + database);
    }
  }

  /** Makes a copy of a template. */
  void clone(Connection connection, Recipe recipe, String database) throws SQLException {
    DatabaseServer.execute(
        connection,
        "CREATE DATABASE "
            + database
            + " TEMPLATE "
            + name(recipe)
            + DatabaseServer.strategy(connection));
  }

  private void migrate(Connection connection, PGSimpleDataSource template) throws SQLException {
    Migrations migrations = Migrations.of(template);
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
      DatabaseServer.execute(connection, "VACUUM (ANALYZE) public.users, public.activities");
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

  /** On a server that stays, each change of a migration would leave a template for ever. */
  private static void prune(Connection connection) throws SQLException {
    List<String> old = new ArrayList<>();
    String query =
        """
        SELECT datname FROM pg_catalog.pg_database
        WHERE pg_catalog.starts_with(datname, ?)
          AND pg_catalog.pg_get_userbyid(datdba) = current_user
        ORDER BY oid DESC OFFSET ?""";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, TemplateNames.TEMPLATE);
      statement.setInt(2, KEPT);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          old.add(rows.getString(1));
        }
      }
    }
    for (String template : old) {
      DatabaseServer.execute(connection, "ALTER DATABASE " + template + " WITH IS_TEMPLATE false");
      DatabaseServer.execute(connection, "DROP DATABASE IF EXISTS " + template);
    }
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
