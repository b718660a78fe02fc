package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The name of the environment that a database belongs to, and where it is stored. */
record EnvironmentName(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Set<String> UNPROTECTED = Set.of("dev", "test", "local");
  private static final String SCRIPT = "V26__environment.sql";

  EnvironmentName {
    Objects.requireNonNull(value, "name");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' is no name of an environment: use a lower-case letter, then up to 31 of a-z 0-9 _ -");
    }
  }

  /** A table of that name that our migration did not make is somebody else's. */
  static Optional<EnvironmentName> stored(Sql sql) throws SQLException {
    return History.of(sql).includes(SCRIPT)
            && sql.holds("pg_catalog.to_regclass('public.environment') IS NOT NULL")
        ? sql.first(
            "SELECT name FROM public.environment", row -> new EnvironmentName(row.getString(1)))
        : Optional.empty();
  }

  /** A database without a name is protected unless the server itself runs on loopback. */
  static boolean isProtected(Sql sql) throws SQLException {
    Optional<EnvironmentName> name = stored(sql);
    return name.isPresent()
        ? !UNPROTECTED.contains(name.get().value())
        : !ServerPlace.of(sql).isLoopback();
  }

  void requireIn(Sql sql) throws SQLException {
    Optional<EnvironmentName> stored = stored(sql);
    if (stored.isPresent() && !stored.get().equals(this)) {
      throw new MigrationException(
          "This database belongs to the environment "
              + stored.get().value()
              + " and not to "
              + value
              + ". Check the address that you connect to; nothing was changed.");
    }
  }

  void store(Sql sql) throws SQLException {
    sql.execute("INSERT INTO public.environment (name) VALUES (?) ON CONFLICT DO NOTHING", value);
  }
}
