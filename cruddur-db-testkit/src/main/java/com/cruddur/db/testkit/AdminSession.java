package com.cruddur.db.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A session that makes and drops databases, opened when it is needed and again after it was lost.
 * Thread-safe: one after the other.
 */
final class AdminSession {

  private final DatabaseServer server;
  private final Work first;
  private @Nullable Connection connection;

  AdminSession(DatabaseServer server) {
    this(server, connection -> {});
  }

  /** Does something in each new session before all else. */
  AdminSession(DatabaseServer server, Work first) {
    this.server = server;
    this.first = first;
  }

  /** Works on a session. */
  @FunctionalInterface
  interface Work {
    void on(Connection connection) throws SQLException;
  }

  synchronized void run(Work work) throws SQLException {
    Connection open = open();
    try {
      work.on(open);
    } catch (SQLException failure) {
      if (!isAlive(open)) {
        close();
      }
      throw failure;
    }
  }

  void execute(String sql) throws SQLException {
    run(open -> DatabaseServer.execute(open, sql));
  }

  private Connection open() throws SQLException {
    if (connection == null) {
      Connection fresh = server.connect();
      try {
        first.on(fresh);
      } catch (SQLException failure) {
        fresh.close();
        throw failure;
      }
      connection = fresh;
    }
    return connection;
  }

  private static boolean isAlive(Connection open) throws SQLException {
    return open.isValid(1);
  }

  private void close() throws SQLException {
    Connection lost = connection;
    connection = null;
    if (lost != null) {
      lost.close();
    }
  }
}
