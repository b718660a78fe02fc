package com.cruddur.db.migrations;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One connection, held from the first look at a database to the end of a run, so that a pool of one
 * is enough and the lock against other migrators lives as long as the work.
 *
 * <p>Its settings protect the work from what the role, the database or the JVM would set: another
 * time zone shifts time stamps, another search_path finds foreign functions, a statement time-out
 * ends the building of an index. {@link #close()} puts back what was there.
 */
final class MigrationSession implements AutoCloseable {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** The bytes of "cruddur". */
  private static final long LOCK_KEY = 0x63727564647572L;

  /** What the session has while it works, in this order; put back at the end. */
  private static final Map<String, String> SETTINGS =
      inOrder(
          "TimeZone", "UTC",
          "search_path", "pg_catalog",
          "statement_timeout", "0",
          // Whoever reads the catalog or a table may wait behind an exclusive lock without end.
          "lock_timeout", "1s",
          "transaction_timeout", "0",
          "idle_session_timeout", "0",
          "idle_in_transaction_session_timeout", "0",
          // Flyway logs each notice as a warning.
          "client_min_messages", "warning",
          // What the catalog is compared with was printed and is written so.
          "quote_all_identifiers", "off",
          "standard_conforming_strings", "on",
          // An error, rather than rows that are there and not seen.
          "row_security", "off");

  /** Put back as well: Flyway sets the role. */
  private static final List<String> ALSO_PUT_BACK =
      List.of("client_connection_check_interval", "role");

  private static final Pattern SET_ROLE = Pattern.compile("SET ROLE '(.*)'", Pattern.DOTALL);

  private final Connection connection;
  private final Sql sql;
  private final boolean autoCommitBefore;
  private final Map<String, String> settingsBefore = new LinkedHashMap<>();
  private boolean advisoryLocksBefore;
  private int networkTimeoutBefore;
  private boolean locked;

  private MigrationSession(Connection connection) throws SQLException {
    this.connection = connection;
    this.sql = new Sql(connection);
    this.autoCommitBefore = connection.getAutoCommit();
    connection.setAutoCommit(true);
    for (String setting : SETTINGS.keySet()) {
      current(setting).ifPresent(value -> settingsBefore.put(setting, value));
    }
    for (String setting : ALSO_PUT_BACK) {
      current(setting).ifPresent(value -> settingsBefore.put(setting, value));
    }
  }

  private static Map<String, String> inOrder(String... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  /** Returns nothing where the server is too old to have the setting. */
  private Optional<String> current(String setting) throws SQLException {
    return sql
        .texts(
            """
            SELECT value FROM (SELECT pg_catalog.current_setting(?, true) AS value) AS setting
            WHERE value IS NOT NULL""",
            setting)
        .stream()
        .findFirst();
  }

  static MigrationSession open(DataSource source) throws SQLException {
    Connection connection = connect(source);
    try {
      MigrationSession session = new MigrationSession(connection);
      session.protect();
      return session;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private static Connection connect(DataSource source) throws SQLException {
    try {
      return source.getConnection();
    } catch (SQLException failure) {
      throw FailureMessage.noConnection(failure);
    }
  }

  private void protect() throws SQLException {
    for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
      if (settingsBefore.containsKey(setting.getKey())) {
        set(setting.getKey(), setting.getValue());
      }
    }
    // Not before: an operator is looked up in the search_path that was set for us, like a function.
    advisoryLocksBefore =
        sql.holds(
            """
            EXISTS (SELECT FROM pg_catalog.pg_locks
              WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid())""");
    waitForTheServer();
    // A killed migrator's statement ends soon. Not every platform can tell that a client is gone.
    sql.execute(
        """
        DO $$ BEGIN
          PERFORM pg_catalog.set_config('client_connection_check_interval', '1s', false);
        EXCEPTION WHEN invalid_parameter_value THEN NULL;
        END $$""");
  }

  /** A socket time-out would cut the connection while an index is built. */
  private void waitForTheServer() throws SQLException {
    try {
      networkTimeoutBefore = connection.getNetworkTimeout();
      if (networkTimeoutBefore > 0) {
        connection.setNetworkTimeout(Runnable::run, 0);
      }
    } catch (SQLFeatureNotSupportedException without) {
      LOG.debug("The driver has no network time-out", without);
    }
  }

  private void set(String name, String value) throws SQLException {
    sql.execute("SELECT pg_catalog.set_config(?, ?, false)", name, value);
  }

  Sql sql() {
    return sql;
  }

  /** Waits until no other migrator works on this database. The lock ends with the session. */
  void lock(Duration patience) throws SQLException {
    long start = System.nanoTime();
    long lastLine = start;
    while (!sql.holds("pg_catalog.pg_try_advisory_lock(?)", LOCK_KEY)) {
      long now = System.nanoTime();
      if (now - start > patience.toNanos()) {
        throw new MigrationException(
            "Another migrator has been at work on this database for "
                + patience.toMinutes()
                + " minutes. Wait for it, or end its session, and run migrate() again.");
      }
      if (now - lastLine > Patience.BETWEEN_LINES.toNanos()) {
        LOG.info("Waiting for another migrator to finish its work on this database");
        lastLine = now;
      }
      Patience.sleep(Duration.ofMillis(100));
    }
    locked = true;
  }

  /** Whoever lent the session may hold locks of their own. Without any, Flyway's go too. */
  private void unlock() throws SQLException {
    if (!advisoryLocksBefore) {
      sql.execute("SELECT pg_catalog.pg_advisory_unlock_all()");
    } else if (locked) {
      sql.execute("SELECT pg_catalog.pg_advisory_unlock(?)", LOCK_KEY);
    }
  }

  /** Runs the work in one transaction, which no failure leaves open: close() would commit it. */
  void inTransaction(Patience.Work work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
    } catch (Throwable failure) {
      try {
        connection.rollback();
        connection.setAutoCommit(true);
      } catch (SQLException lost) {
        failure.addSuppressed(lost);
      }
      throw failure;
    }
    connection.setAutoCommit(true);
  }

  /** Returns a data source that lends this connection, and never closes it. */
  DataSource dataSource() {
    return new Lender();
  }

  @Override
  public void close() throws SQLException {
    try {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
        unlock();
        for (Map.Entry<String, String> setting : settingsBefore.entrySet()) {
          set(setting.getKey(), setting.getValue());
        }
        if (networkTimeoutBefore > 0) {
          connection.setNetworkTimeout(Runnable::run, networkTimeoutBefore);
        }
        connection.setAutoCommit(autoCommitBefore);
      }
    } catch (SQLException lost) {
      LOG.debug("The session ended before its settings were put back", lost);
    } finally {
      connection.close();
    }
  }

  /** Flyway puts the role back as {@code SET ROLE 'name'}, and leaves an apostrophe in it alone. */
  private static Object @Nullable [] withRoleQuoted(Object @Nullable [] arguments) {
    if (arguments != null && arguments[0] instanceof String text) {
      Matcher role = SET_ROLE.matcher(text);
      if (role.matches()) {
        arguments[0] = "SET ROLE '" + role.group(1).replace("'", "''") + "'";
      }
    }
    return arguments;
  }

  private Connection lent() {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, withRoleQuoted(arguments));
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private final class Lender implements DataSource {

    @Override
    public Connection getConnection() {
      return lent();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException("This session is connected already");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
      throw new SQLFeatureNotSupportedException("getLogWriter");
    }

    @Override
    public void setLogWriter(PrintWriter writer) throws SQLException {
      throw new SQLFeatureNotSupportedException("setLogWriter");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
      throw new SQLFeatureNotSupportedException("setLoginTimeout");
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException("getParentLogger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("Not a wrapper of " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
