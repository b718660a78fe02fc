package com.cruddur.db.internal;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.ExecuteListenerProvider;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.DefaultExecuteListenerProvider;

/** How this library uses jOOQ: what the database says comes out in the library's exceptions. */
public final class Jooq {

  static {
    // They are printed when jOOQ's classes are first loaded, into the log of whoever uses us.
    setDefault("org.jooq.no-logo", "true");
    setDefault("org.jooq.no-tips", "true");
    // The open-source edition warns of all servers but the newest; we support older ones.
    setDefault("org.jooq.log.org.jooq.impl.DefaultExecuteContext.logVersionSupport", "FATAL");
  }

  private static final Settings SETTINGS =
      new Settings().withExecuteLogging(false).withDiagnosticsLogging(false);

  private static final ExecuteListenerProvider FAILURES =
      new DefaultExecuteListenerProvider(new JooqFailures());

  private static final Configuration BASE =
      new DefaultConfiguration().set(SQLDialect.POSTGRES).set(SETTINGS).set(FAILURES);

  private Jooq() {}

  /** Returns a context that borrows a connection for each statement. */
  public static DSLContext on(DataSource dataSource) {
    Telemetry telemetry = Telemetry.of(dataSource);
    Configuration connected =
        BASE.derive(new JooqConnections(dataSource)).set(new JooqTransactions(dataSource));
    return DSL.using(connected.derive(FAILURES, () -> new JooqWatch(telemetry)));
  }

  /** Returns a context on one connection. */
  public static DSLContext on(Connection connection) {
    return DSL.using(BASE.derive(new DefaultConnectionProvider(connection)));
  }

  /**
   * Loads jOOQ's classes on this thread. Its static initialisers can wait for each other for ever
   * if two threads meet them first (jOOQ issues 19529 and 19550).
   */
  public static synchronized void warmUp() {
    String sql = DSL.using(SQLDialect.POSTGRES, SETTINGS).selectOne().getSQL();
    if (sql.isEmpty()) {
      throw new IllegalStateException("jOOQ rendered nothing");
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
