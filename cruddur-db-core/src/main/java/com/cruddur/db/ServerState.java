package com.cruddur.db;

import com.cruddur.db.internal.SqlFunction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about itself.
 *
 * @param unknown what it would not say, or null
 */
record ServerState(
    String version,
    Health.Role role,
    @Nullable Duration replayLag,
    @Nullable String schemaVersion,
    @Nullable String unknown) {

  private static final String SERVER =
      "SELECT current_setting('server_version'), pg_catalog.pg_is_in_recovery()";

  /**
   * In milliseconds. A standby that has replayed all that it received is not behind, however long
   * ago the primary wrote last; unless nothing is received any more. After its start it has
   * replayed more than it received: what was in its files.
   */
  private static final String REPLAY_LAG =
      """
      SELECT CASE
          WHEN pg_catalog.pg_last_wal_receive_lsn() <= pg_catalog.pg_last_wal_replay_lsn()
            AND EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver) THEN 0
          ELSE 1000 * extract(epoch FROM
            clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()) END
      """;

  /** What Flyway has applied last, and does not repeat. */
  private static final String SCHEMA_VERSION =
      """
      SELECT version FROM public.flyway_schema_history
      WHERE success AND version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1
      """;

  static ServerState ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return ask(statement);
    }
  }

  private static ServerState ask(Statement statement) throws SQLException {
    String version;
    boolean standby;
    try (ResultSet row = statement.executeQuery(SERVER)) {
      row.next();
      version = row.getString(1);
      standby = row.getBoolean(2);
    }
    Answers answers = new Answers(statement);
    Duration lag = standby ? answers.get("replay lag", REPLAY_LAG, ServerState::millis) : null;
    String schema = answers.get("schema version", SCHEMA_VERSION, row -> row.getString(1));
    Health.Role role = standby ? Health.Role.STANDBY : Health.Role.PRIMARY;
    return new ServerState(version, role, lag, schema, answers.unknown);
  }

  private static @Nullable Duration millis(ResultSet row) throws SQLException {
    long millis = row.getLong(1);
    return row.wasNull() ? null : Duration.ofMillis(millis);
  }

  /** Asks what a server may refuse: a table that is not there, a right that one has not. */
  private static final class Answers {

    private final Statement statement;
    private @Nullable String unknown;

    Answers(Statement statement) {
      this.statement = statement;
    }

    <T> @Nullable T get(String what, String sql, SqlFunction<ResultSet, @Nullable T> reader)
        throws SQLException {
      try (ResultSet row = statement.executeQuery(sql)) {
        return row.next() ? reader.apply(row) : null;
      } catch (SQLException refusal) {
        if (statement.getConnection().isClosed()) {
          throw refusal;
        }
        String one = "The " + what + " is unknown (SQLSTATE " + refusal.getSQLState() + ").";
        unknown = unknown == null ? one : unknown + " " + one;
        return null;
      }
    }
  }
}
