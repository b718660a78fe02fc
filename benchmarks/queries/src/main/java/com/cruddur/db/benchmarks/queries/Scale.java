package com.cruddur.db.benchmarks.queries;

import com.cruddur.db.PoolFactory;
import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.NewReply;
import com.cruddur.db.activities.Ttl;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How the home feed behaves deep down, in large tables and behind expired activities, and how many
 * replies a second one activity takes. The arguments are numbers of activities.
 */
public final class Scale {

  private static final int LIMIT = 50;
  private static final int EXPIRED = 300_000;

  private final Server server;
  private final HikariDataSource pool;
  private final ActivityDao activities;

  private Scale(Server server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
    this.activities = ActivityDao.of(pool);
  }

  /** Runs all for each number of activities; 10,000 and a million by default. */
  public static void main(String[] arguments) throws Exception {
    String[] sizes = arguments.length == 0 ? new String[] {"10000", "1000000"} : arguments;
    for (String size : sizes) {
      try (Server server = Server.withActivities(Integer.parseInt(size));
          HikariDataSource pool = PoolFactory.create(server.url())) {
        new Scale(server, pool).run(size);
      }
    }
  }

  private void run(String size) throws Exception {
    for (int page : new int[] {1, 100, 10_000}) {
      reportPage(page, size, "page " + page);
    }
    report(size, "replies/s on one activity, 4 threads", repliesPerSecond());
    if (Integer.parseInt(size) >= EXPIRED) {
      behindExpired(size);
    }
  }

  private void reportPage(int page, String size, String name) throws SQLException {
    FeedRequest request = FeedRequest.first(LIMIT);
    if (page > 1) {
      FeedCursor cursor = cursorAt((page - 1) * LIMIT - 1);
      if (cursor == null) {
        return;
      }
      request = request.after(cursor);
    }
    report(size, name + ", median us", medianMicros(request));
  }

  private FeedCursor cursorAt(int offset) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT created_at, uuid FROM activities WHERE reply_to_activity_uuid IS NULL"
                    + " ORDER BY created_at DESC, uuid DESC LIMIT 1 OFFSET ?")) {
      statement.setInt(1, offset);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? FeedCursor.after(
                row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class))
            : null;
      }
    }
  }

  private double medianMicros(FeedRequest request) {
    return medianMicros(request, 400);
  }

  private double medianMicros(FeedRequest request, int calls) {
    long[] times = new long[calls];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        activities.home(request);
        times[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(times);
    return times[times.length / 2] / 1000.0;
  }

  private double repliesPerSecond() throws Exception {
    UUID post = activities.create(NewActivity.of("sub-1", "post", Ttl.ONE_DAY)).uuid();
    long end = System.nanoTime() + 3_000_000_000L;
    List<Future<Integer>> counts = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        counts.add(executor.submit(() -> replyUntil(end, post)));
      }
    }
    int replies = 0;
    for (Future<Integer> count : counts) {
      replies += count.get();
    }
    return replies / 3.0;
  }

  private int replyUntil(long end, UUID post) {
    int count = 0;
    for (; System.nanoTime() < end; count++) {
      activities.reply(NewReply.of("sub-1", post, "reply"));
    }
    return count;
  }

  private void behindExpired(String size) throws SQLException, IOException {
    server.execute(
        """
        SET session_replication_role = replica;
        INSERT INTO activities (user_uuid, message, created_at, expires_at)
          SELECT uuid, 'expired', now() + i * interval '1 ms', now() - interval '1 minute'
          FROM users, generate_series(1, %d) i;
        """
            .formatted(EXPIRED / 2000));
    server.execute("VACUUM ANALYZE activities");
    double behind = medianMicros(FeedRequest.first(LIMIT), 20);
    report(size, "page 1 behind 300,000 expired, median us", behind);
    long start = System.nanoTime();
    int deleted = 0;
    for (int batch = activities.deleteExpired(5000); batch > 0; ) {
      deleted += batch;
      batch = activities.deleteExpired(5000);
    }
    report(size, "deleted per second", deleted / ((System.nanoTime() - start) / 1e9));
    report(size, "page 1 after the deletion, median us", medianMicros(FeedRequest.first(LIMIT)));
    server.execute("VACUUM activities");
    report(size, "page 1 after a vacuum, median us", medianMicros(FeedRequest.first(LIMIT)));
  }

  private static void report(String size, String figure, double value) {
    System.out.printf("| %s | %s | %.0f |%n", size, figure, value);
  }
}
