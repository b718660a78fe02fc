package com.cruddur.db.benchmarks.generator;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.ActivityGenerator;
import com.cruddur.db.testkit.LocalPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Loads a million activities by {@link ActivityGenerator}, and the same rows from a file by psql's
 * {@code \copy}, in turns, each into a database that holds the users already, and prints the rates.
 *
 * <p>Settings, as system properties: {@code activities} (1000000), {@code rounds} (3).
 */
public final class CopyRate {

  private static final int ACTIVITIES = Integer.getInteger("activities", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final String COLUMNS =
      "uuid, user_uuid, message, reposts_count, likes_count, reply_to_activity_uuid, expires_at, created_at";

  private final LocalPostgres server;
  private final Path directory;

  private CopyRate(LocalPostgres server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("cruddur-db-copy-rate-");
    try (LocalPostgres server =
        LocalPostgres.builder().setting("max_wal_size", "8GB").setting("shared_buffers", "512MB").start()) {
      new CopyRate(server, directory).run();
    } finally {
      Files.deleteIfExists(directory.resolve("activities.copy"));
      Files.delete(directory);
    }
  }

  private void run() throws Exception {
    execute("postgres", "CREATE DATABASE template");
    Migrations.of(source("template")).migrate();
    writeFile();
    List<Double> ofGenerator = new ArrayList<>();
    List<Double> ofPsql = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      ofGenerator.add(rate("generator", this::generate));
      ofPsql.add(rate("psql \\copy", this::psql));
    }
    System.out.printf(
        Locale.ROOT, "median ratio generator / psql: %.2f%n", median(ofGenerator) / median(ofPsql));
  }

  private interface Load {
    void into(String database) throws Exception;
  }

  private double rate(String name, Load load) throws Exception {
    String database = "round_" + Long.toHexString(System.nanoTime());
    execute("postgres", "CREATE DATABASE " + database + " TEMPLATE template");
    generator(database, 0);
    execute("postgres", "CHECKPOINT");
    long start = System.nanoTime();
    load.into(database);
    double rate = ACTIVITIES / ((System.nanoTime() - start) / 1e9);
    execute("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    System.out.printf(Locale.ROOT, "%-12s %,10.0f activities/s%n", name, rate);
    return rate;
  }

  /** The users of its number are there: they go first, so that only activities are timed. */
  private void generate(String database) throws SQLException {
    execute(database, "DELETE FROM users");
    generator(database, ACTIVITIES);
  }

  private void generator(String database, int activities) {
    try (CruddurDb db = CruddurDb.open(url(database))) {
      ActivityGenerator.of(1).load(db, activities);
    }
  }

  private void psql(String database) throws Exception {
    String command = "\\copy public.activities (" + COLUMNS + ") FROM '" + file() + "'";
    ProcessBuilder psql =
        new ProcessBuilder(
            "psql", "-X", "-q", "-h", "127.0.0.1", "-p", Integer.toString(server.port()),
            "-U", "postgres", "-d", database, "-v", "ON_ERROR_STOP=1", "-c", command);
    psql.environment().put("PGPASSWORD", server.url().password().orElseThrow());
    if (psql.inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("psql failed");
    }
  }

  private void writeFile() throws SQLException, IOException {
    execute("postgres", "CREATE DATABASE rows TEMPLATE template");
    generator("rows", ACTIVITIES);
    String query = "COPY (SELECT %s FROM public.activities ORDER BY created_at) TO STDOUT";
    try (Connection connection = source("rows").getConnection();
        OutputStream out = Files.newOutputStream(file())) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query.formatted(COLUMNS), out);
    }
    execute("postgres", "DROP DATABASE rows WITH (FORCE)");
  }

  private Path file() {
    return directory.resolve("activities.copy");
  }

  private ConnectionUrl url(String database) {
    return server.url().withDatabase(database);
  }

  private PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url(database).jdbcUrl());
    source.setUser("postgres");
    source.setPassword(server.url().password().orElseThrow());
    return source;
  }

  private void execute(String database, String sql) throws SQLException {
    try (Connection connection = source(database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
  }
}
