package com.cruddur.db.benchmarks.queries;

import com.cruddur.db.PoolFactory;
import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.activities.FeedRequest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A home feed of 50 of 100 thousand activities: the library, the same SQL by hand on the same pool,
 * the old wrapping, and plain rows through Jackson, joined in two ways. First the times of one thread, then the
 * throughput of eight.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Feed {

  private static final int LIMIT = 50;
  private static final JsonFactory JACKSON = new JsonFactory();

  private Server server;
  private HikariDataSource pool;
  private ActivityDao activities;
  private String sql;
  private String plainSql;

  /** Starts the server. */
  @Setup
  public void start() throws IOException, SQLException {
    server = Server.withActivities(100_000);
    pool = PoolFactory.create(server.url());
    activities = ActivityDao.of(pool);
    sql = Statements.ofTheLibrary(pool);
    plainSql = Statements.plainColumnsOf(sql);
  }

  /** Stops the server. */
  @TearDown
  public void stop() throws IOException {
    pool.close();
    server.close();
  }

  /** Reads the feed through the library. */
  @Benchmark
  public byte[] library() {
    return activities.home(FeedRequest.first(LIMIT)).json();
  }

  /** Does by hand what the library does, with its SQL. */
  @Benchmark
  public byte[] byHand() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setNull(1, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setInt(2, LIMIT + 1);
      try (ResultSet rows = statement.executeQuery()) {
        ByteArrayOutputStream json = new ByteArrayOutputStream(400 * LIMIT);
        json.write('[');
        for (int count = 0; rows.next() && count < LIMIT; count++) {
          if (count > 0) {
            json.write(',');
          }
          json.writeBytes(rows.getBytes(1));
          if (count == LIMIT - 1) {
            rows.getObject(2, OffsetDateTime.class);
            rows.getString(3);
          }
        }
        json.write(']');
        return json.toByteArray();
      }
    }
  }

  /** Lets PostgreSQL make the array as the old layer did. */
  @Benchmark
  public byte[] oldWrapping() throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(Statements.OLD_WRAPPING)) {
      statement.setInt(1, LIMIT);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getBytes(1);
      }
    }
  }

  /** Reads plain columns by the query that one would write, and writes the JSON with Jackson. */
  @Benchmark
  public byte[] plainRowsThroughJackson() throws SQLException, IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(Statements.PLAIN)) {
      statement.setInt(1, LIMIT);
      return throughJackson(statement);
    }
  }

  /** Does the same by the library's way of joining. */
  @Benchmark
  public byte[] libraryRowsThroughJackson() throws SQLException, IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(plainSql)) {
      statement.setNull(1, Types.TIMESTAMP_WITH_TIMEZONE);
      statement.setInt(2, LIMIT);
      return throughJackson(statement);
    }
  }

  private static byte[] throughJackson(PreparedStatement statement)
      throws SQLException, IOException {
    try (ResultSet rows = statement.executeQuery()) {
      ByteArrayOutputStream json = new ByteArrayOutputStream(400 * LIMIT);
      try (JsonGenerator generator = JACKSON.createGenerator(json)) {
        generator.writeStartArray();
        while (rows.next()) {
          write(rows, generator);
        }
        generator.writeEndArray();
      }
      return json.toByteArray();
    }
  }

  private static void write(ResultSet row, JsonGenerator json) throws SQLException, IOException {
    json.writeStartObject();
    json.writeStringField("uuid", row.getString(1));
    json.writeStringField("display_name", row.getString(2));
    json.writeStringField("handle", row.getString(3));
    json.writeStringField("message", row.getString(4));
    json.writeNumberField("replies_count", row.getInt(5));
    json.writeNumberField("reposts_count", row.getInt(6));
    json.writeNumberField("likes_count", row.getInt(7));
    json.writeStringField("reply_to_activity_uuid", row.getString(8));
    json.writeStringField("expires_at", text(row.getObject(9, OffsetDateTime.class)));
    json.writeStringField("created_at", text(row.getObject(10, OffsetDateTime.class)));
    json.writeEndObject();
  }

  private static String text(OffsetDateTime time) {
    return time == null ? null : time.toString();
  }

  /** Runs both parts. */
  public static void main(String[] arguments) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include(Feed.class.getName() + "\\.").forks(2).addProfiler(GCProfiler.class);
    options.warmupIterations(2).warmupTime(TimeValue.seconds(2));
    options.measurementIterations(3).measurementTime(TimeValue.seconds(2));
    new Runner(options.build()).run();
    new Runner(options.mode(Mode.Throughput).timeUnit(TimeUnit.SECONDS).threads(8).build()).run();
  }
}
