package com.cruddur.db.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that this JVM has to itself on a server as long as it lives: it is in the names of its
 * databases, and locked by a session. So no two JVMs ever make a database of the same name, and who
 * finds databases whose number is not locked may drop them.
 */
final class JvmMark {

  private final int number;
  private final AtomicLong databases = new AtomicLong();

  JvmMark() {
    number = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
  }

  /** Returns a name that no other database of the server ever had. */
  String newName() {
    return prefix() + databases.incrementAndGet();
  }

  /** Returns what the names of this JVM's databases begin with. */
  String prefix() {
    return TemplateNames.TEST + String.format("%08x_", number);
  }

  /** Returns who this JVM is, for a person. */
  static String describe() {
    return "pid " + ProcessHandle.current().pid() + " on " + host();
  }

  /** Locks the number until the session ends. */
  void lock(Connection connection) throws SQLException {
    String query = "SELECT pg_catalog.pg_try_advisory_lock(%d, %d)";
    if (!names(connection, query.formatted(Templates.LOCK, number)).equals(List.of("t"))) {
      throw new SQLException("Another session has the lock of this JVM");
    }
  }

  /** Returns the databases of JVMs that are gone, and that nobody wanted to be kept any longer. */
  static List<String> abandoned(Connection connection) throws SQLException {
    return names(
        connection,
        """
        SELECT datname FROM pg_catalog.pg_database
        WHERE datname ~ '^%1$s[0-9a-f]{8}_'
          AND ('x' || substr(datname, %2$d, 8))::bit(32)::bigint NOT IN (
            SELECT objid::bigint FROM pg_catalog.pg_locks
            WHERE locktype = 'advisory' AND classid = %3$d AND objsubid = 2 AND granted)
          AND NOT coalesce(
            substring(pg_catalog.shobj_description(oid, 'pg_database') FROM 'kept until ([^ ,]+)')
              ::timestamptz > now(), false)
        """
            .formatted(TemplateNames.TEST, TemplateNames.TEST.length() + 1, Templates.LOCK));
  }

  /** Returns the databases that this JVM has not dropped. */
  List<String> own(Connection connection) throws SQLException {
    return names(
        connection,
        "SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname, '%s')"
            .formatted(prefix()));
  }

  private static List<String> names(Connection connection, String query) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "this machine";
    }
  }
}
