package com.cruddur.db.benchmarks.migrations;

import com.cruddur.db.migrations.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Adopts a hand-made database of a million activities while readers and writers work on it, and
 * reports how long the slowest of their statements took, per migration.
 *
 * <p>Settings, as system properties: {@code activities} (1000000), {@code users} (50000), {@code
 * clients} (2 readers and 2 writers by default), {@code longTransactions} (true: one more client
 * holds both tables for 0.3 s every second).
 */
public final class BlockedTime {

  private static final String ORIGINAL =
      """
      CREATE EXTENSION "uuid-ossp";
      CREATE TABLE public.users (
        uuid UUID default uuid_generate_v4() primary key, display_name text, handle text, cognito_user_id text,
        created_at TIMESTAMP default current_timestamp NOT NULL);
      CREATE TABLE public.activities (
        uuid UUID default uuid_generate_v4() primary key, user_uuid UUID NOT NULL, message text NOT NULL,
        replies_count integer default 0, reposts_count integer default 0, likes_count integer default 0,
        reply_to_activity_uuid integer, expires_at TIMESTAMP, created_at TIMESTAMP default current_timestamp NOT NULL)""";

  /** A statement of a client: when it began and what it took, in nanoseconds. */
  private record Call(long began, long took) {}

  private final DataSource database;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final TreeMap<Long, String> stages = new TreeMap<>();
  private final List<UUID> activities = new ArrayList<>();
  private final List<UUID> users = new ArrayList<>();
  private volatile boolean over;

  private BlockedTime(DataSource database) {
    this.database = database;
  }

  public static void main(String[] arguments) throws Exception {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("max_wal_size", "4GB").start()) {
      new BlockedTime(server.getPostgresDatabase()).run();
    }
  }

  private void run() throws Exception {
    populate();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("clients", 2); i++) {
      clients.add(Thread.ofPlatform().start(() -> work(this::read)));
      clients.add(Thread.ofPlatform().start(() -> work(this::write)));
    }
    if (Boolean.parseBoolean(System.getProperty("longTransactions", "true"))) {
      clients.add(Thread.ofPlatform().start(this::holdTables));
    }
    stages.put(System.nanoTime(), "before");
    Thread.sleep(10_000);
    stages.put(System.nanoTime(), "checks");
    Thread watcher = Thread.ofPlatform().start(this::watch);
    long start = System.nanoTime();
    Migrations.of(database).migrate();
    long took = System.nanoTime() - start;
    over = true;
    watcher.join();
    for (Thread client : clients) {
      client.join();
    }
    report(took);
  }

  private void populate() throws SQLException {
    int count = Integer.getInteger("activities", 1_000_000);
    int users = Integer.getInteger("users", 50_000);
    execute(ORIGINAL);
    execute(
        "INSERT INTO users (display_name, handle, cognito_user_id) SELECT 'User ' || i, 'user' || i, 'sub-' || i"
            + " FROM generate_series(1, "
            + users
            + ") i");
    execute(
        """
        INSERT INTO activities (user_uuid, message, created_at, expires_at)
        SELECT u.uuid, 'activity ' || i || ' of ' || u.handle || ' about ' || md5(i::text) || ' and the cloud',
          timestamp '2024-01-01' + i * interval '7 s', CASE WHEN i %% 2 = 0 THEN timestamp '2024-01-08' + i * interval '7 s' END
        FROM generate_series(1, %d) i JOIN users u ON u.handle = 'user' || (i %% %d + 1)"""
            .formatted(count, users));
    execute("VACUUM ANALYZE");
    ids("SELECT uuid FROM activities TABLESAMPLE SYSTEM (1) LIMIT 10000", activities);
    ids("SELECT uuid FROM users LIMIT 10000", this.users);
  }

  private interface Client {
    void call(Connection connection) throws SQLException;
  }

  private void work(Client client) {
    try (Connection connection = database.getConnection()) {
      while (!over) {
        long began = System.nanoTime();
        client.call(connection);
        calls.add(new Call(began, System.nanoTime() - began));
        Thread.sleep(2);
      }
    } catch (SQLException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void read(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT a.message, u.handle FROM activities a JOIN users u ON u.uuid = a.user_uuid WHERE a.uuid = ?")) {
      statement.setObject(1, any(activities));
      statement.executeQuery().close();
    }
  }

  private void write(Connection connection) throws SQLException {
    boolean insert = ThreadLocalRandom.current().nextBoolean();
    try (PreparedStatement statement =
        connection.prepareStatement(
            insert
                ? "INSERT INTO activities (user_uuid, message) VALUES (?, 'written meanwhile')"
                : "UPDATE activities SET likes_count = likes_count + 1 WHERE uuid = ?")) {
      statement.setObject(1, any(insert ? users : activities));
      statement.executeUpdate();
    }
  }

  /** Somebody's slow request, which a migration must wait for without making others wait. */
  private void holdTables() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!over) {
        statement.execute("SELECT FROM activities JOIN users ON users.uuid = user_uuid LIMIT 1");
        Thread.sleep(300);
        connection.commit();
        Thread.sleep(700);
      }
    } catch (SQLException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Notes when each migration began: when the one before it was in the history. */
  private void watch() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      int last = 0;
      while (!over) {
        int version = version(statement);
        if (version > last) {
          last = version;
          stages.put(System.nanoTime(), "V" + (version + 1)); // the last one: what comes after
        }
        Thread.sleep(2);
      }
    } catch (SQLException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet exists =
        statement.executeQuery("SELECT to_regclass('public.flyway_schema_history') IS NOT NULL")) {
      exists.next();
      if (!exists.getBoolean(1)) {
        return 0;
      }
    }
    try (ResultSet version =
        statement.executeQuery("SELECT max(version::int) FROM public.flyway_schema_history")) {
      version.next();
      return version.getInt(1);
    }
  }

  private void report(long took) throws SQLException {
    Map<Long, List<Long>> byStage = new TreeMap<>();
    for (Call call : calls) {
      Long stage = stages.floorKey(call.began());
      if (stage != null) {
        byStage.computeIfAbsent(stage, key -> new ArrayList<>()).add(call.took());
      }
    }
    System.out.println("| stage | lasted ms | statements | slowest ms |\n|---|---|---|---|");
    byStage.forEach(
        (began, times) -> {
          Long next = stages.higherKey(began);
          System.out.printf(
              "| %s | %s | %d | %.1f |%n",
              stages.get(began),
              next == null ? "" : (next - began) / 1_000_000,
              times.size(),
              times.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6);
        });
    System.out.printf("migrate() took %.1f s%n", took / 1e9);
  }

  private void ids(String query, List<UUID> into) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        into.add(rows.getObject(1, UUID.class));
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static UUID any(List<UUID> ids) {
    return ids.get(ThreadLocalRandom.current().nextInt(ids.size()));
  }
}
