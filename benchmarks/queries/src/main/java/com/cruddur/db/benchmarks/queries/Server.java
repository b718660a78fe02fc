package com.cruddur.db.benchmarks.queries;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.migrations.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A server with users and activities, for as long as a benchmark lasts. */
final class Server implements AutoCloseable {

  private final EmbeddedPostgres postgres;

  private Server(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts a server with 2,000 users and about so many activities, all alive. */
  static Server withActivities(int activities) throws IOException, SQLException {
    Server server = new Server(EmbeddedPostgres.start());
    Migrations.of(server.postgres.getPostgresDatabase()).migrate();
    server.execute("SET session_replication_role = replica; " + users() + posts(activities));
    server.execute("VACUUM ANALYZE");
    return server;
  }

  private static String users() {
    return """
        INSERT INTO users (display_name, handle, cognito_user_id)
          SELECT 'User ' || i, 'user' || i, 'sub-' || i FROM generate_series(1, 2000) i;
        """;
  }

  private static String posts(int activities) {
    return """
        INSERT INTO activities (user_uuid, message, created_at, expires_at)
          SELECT uuid, 'Hello from ' || handle || ', this is message ' || i || ' with "a few" words more.',
            now() - random() * interval '10 days', now() + i * interval '1 day'
          FROM generate_series(1, %d) i, users;
        """
        .formatted(Math.max(1, activities / 2000));
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  ConnectionUrl url() {
    return ConnectionUrl.parse(
        "postgresql://postgres:postgres@localhost:" + postgres.getPort() + "/postgres");
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
