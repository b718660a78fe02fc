package com.cruddur.db.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sessions of programs, as pg_stat_activity has them. Our own is left out. */
final class Sessions {

  private static final String QUERY =
      """
      SELECT pid, usename, datname, pg_catalog.host(client_addr), application_name, state,
        extract(epoch FROM pg_catalog.clock_timestamp()
          - CASE state WHEN 'active' THEN query_start ELSE state_change END)::float8,
        CASE WHEN wait_event IS NOT NULL THEN wait_event_type || ':' || wait_event END,
        query_start
      FROM pg_catalog.pg_stat_activity
      -- The type of a session is hidden where the session is another user's.
      WHERE coalesce(backend_type, 'client backend') = 'client backend' AND datname IS NOT NULL
        AND pid <> pg_catalog.pg_backend_pid() AND (? OR datname = pg_catalog.current_database())
      ORDER BY datname, usename, application_name, pid""";

  /** How long a session may take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Sessions() {}

  /**
   * A session. What its server does not let this user see is null.
   *
   * @param seconds how long the query has run, or how long the session has been in its state
   */
  record Session(
      int process,
      @Nullable String user,
      @Nullable String database,
      @Nullable String address,
      @Nullable String program,
      @Nullable String state,
      @Nullable Double seconds,
      @Nullable String waitsFor,
      @Nullable OffsetDateTime queryStart) {

    private static Session of(ResultSet row) throws SQLException {
      double seconds = row.getDouble(7);
      return new Session(
          row.getInt(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.wasNull() || row.getObject(7) == null ? null : seconds,
          row.getString(8),
          row.getObject(9, OffsetDateTime.class));
    }

    Map<String, @Nullable Object> json() {
      return JsonOption.object(
          "process_id", process,
          "user", user,
          "db", database,
          "client_addr", address,
          "app", program,
          "state", state,
          "duration_seconds", seconds,
          "wait", waitsFor,
          "query_start", queryStart);
    }

    List<String> cells() {
      return List.of(
          Integer.toString(process),
          text(user),
          text(database),
          text(address),
          text(program),
          text(state),
          seconds == null ? "" : duration(seconds),
          text(waitsFor),
          queryStart == null
              ? ""
              : queryStart
                  .withOffsetSameInstant(ZoneOffset.UTC)
                  .truncatedTo(ChronoUnit.SECONDS)
                  .toString());
    }

    String programName() {
      return program == null || program.isEmpty() ? "(no name)" : program;
    }

    private static String text(@Nullable String value) {
      return Objects.requireNonNullElse(value, "");
    }
  }

  static List<Session> of(Connection connection, boolean wholeServer) throws SQLException {
    return Sql.list(connection, QUERY, Session::of, wholeServer);
  }

  static TextTable table(List<Session> sessions) {
    TextTable table =
        new TextTable(
            "process_id",
            "user",
            "db",
            "client_addr",
            "app",
            "state",
            "duration",
            "wait",
            "query_start");
    sessions.forEach(session -> table.add(session.cells()));
    return table;
  }

  /** Ends a session, and returns whether it is gone. */
  static boolean end(Connection connection, Session session) throws SQLException {
    return Sql.holds(
        connection,
        "SELECT pg_catalog.pg_terminate_backend(?, ?)",
        session.process(),
        PATIENCE.toMillis());
  }

  private static String duration(double seconds) {
    long whole = (long) seconds;
    if (whole < 60) {
      return String.format(Locale.ROOT, "%.1fs", Math.max(0, seconds));
    }
    return whole < 3600
        ? "%dm%02ds".formatted(whole / 60, whole % 60)
        : "%dh%02dm".formatted(whole / 3600, whole % 3600 / 60);
  }
}
