package com.cruddur.db.migrations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One server for all tests of this JVM, and a database of its own for each test. */
final class Postgres {

  private static final EmbeddedPostgres SERVER = start();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;

  private Postgres(String name) {
    this.name = name;
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "off")
          .setServerConfig("max_connections", "60")
          .setServerConfig("max_prepared_transactions", "5")
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Postgres empty() {
    return copyOf("template1");
  }

  /** Makes an empty database and runs the statements in it, with the session in UTC. */
  static Postgres with(String... statements) {
    Postgres database = empty();
    database.run("SET TimeZone = 'UTC'; " + String.join(";\n", statements));
    return database;
  }

  /** With the case rules of a locale. */
  static Postgres withLocale(String locale, List<String> statements) {
    String name = "db" + COUNT.incrementAndGet();
    run(
        SERVER.getPostgresDatabase(),
        "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE '%s'"
            .formatted(name, locale));
    Postgres database = new Postgres(name);
    database.run(String.join(";\n", statements));
    return database;
  }

  static Postgres migrated() {
    return Migrated.TEMPLATE.copy();
  }

  /** Makes a database with the same content; nobody may be connected to this one. */
  Postgres copy() {
    return copyOf(name);
  }

  private static Postgres copyOf(String template) {
    String name = "db" + COUNT.incrementAndGet();
    run(SERVER.getPostgresDatabase(), "CREATE DATABASE " + name + " TEMPLATE " + template);
    return new Postgres(name);
  }

  String name() {
    return name;
  }

  DataSource source() {
    return as("postgres");
  }

  PGSimpleDataSource as(String user) {
    PGSimpleDataSource source = (PGSimpleDataSource) SERVER.getDatabase(user, name);
    source.setLogServerErrorDetail(true);
    return source;
  }

  Connection connect() {
    try {
      return source().getConnection();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  void run(String sql) {
    run(source(), sql);
  }

  static void run(DataSource source, String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  String value(String query) {
    return list(query).get(0);
  }

  long number(String query) {
    return Long.parseLong(value(query));
  }

  List<String> list(String query) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
    return rows;
  }

  /** Describes columns, constraints, indexes, triggers, functions and comments, sorted by name. */
  List<String> schema() {
    return list(
        """
        WITH tables AS (
          SELECT oid, relname FROM pg_class
          WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'activities', 'environment')
        )
        SELECT 'table ' || relname || ' -- ' || coalesce(obj_description(oid), '') AS line FROM tables
        UNION ALL
        SELECT format('column %s.%s %s %s default %s -- %s', relname, attname, format_type(atttypid, atttypmod), attnotnull,
            pg_get_expr(adbin, adrelid), col_description(tables.oid, attnum))
          FROM pg_attribute JOIN tables ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
          LEFT JOIN pg_attrdef ON adrelid = tables.oid AND adnum = attnum
        UNION ALL
        SELECT format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
          FROM pg_constraint JOIN tables ON conrelid = tables.oid WHERE contype <> 'n'
        UNION ALL
        SELECT format('index %s valid %s ready %s', pg_get_indexdef(indexrelid), indisvalid, indisready)
          FROM pg_index JOIN tables ON indrelid = tables.oid
        UNION ALL
        SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN tables ON tgrelid = tables.oid WHERE NOT tgisinternal
        UNION ALL
        SELECT pg_get_functiondef(oid) || obj_description(oid) FROM pg_proc
          WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'activities%'
        ORDER BY line""");
  }

  private static final class Migrated {
    static final Postgres TEMPLATE = migrate();

    private static Postgres migrate() {
      Postgres database = empty();
      Migrations.of(database.source()).migrate();
      return database;
    }
  }
}
