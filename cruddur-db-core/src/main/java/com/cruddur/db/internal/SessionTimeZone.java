package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * The time zone of a session. The driver sends that of the JVM when it connects, whatever the role
 * or the server has as default.
 */
public final class SessionTimeZone {

  /** The zone that this library works in. */
  public static final String UTC = "UTC";

  private SessionTimeZone() {}

  /** Returns the zone that the server reported last, without a round trip. */
  public static String of(Connection connection) throws SQLException {
    String zone = connection.unwrap(PGConnection.class).getParameterStatus("TimeZone");
    return zone == null ? "unknown" : zone;
  }

  /** Tells whether time stamps in this zone come out with the offset +00:00 all the year. */
  public static boolean isUtc(String zone) {
    return switch (zone) {
      case UTC, "Etc/UTC", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Etc/Universal", "Universal" ->
          true;
      default -> false;
    };
  }

  /** Sets the zone of the session, or of the transaction alone if the connection is in one. */
  public static void set(Connection connection, String zone) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.set_config('TimeZone', ?, ?)")) {
      statement.setString(1, zone);
      statement.setBoolean(2, !connection.getAutoCommit());
      statement.execute();
    }
  }
}
