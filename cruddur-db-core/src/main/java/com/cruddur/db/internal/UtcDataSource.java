package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Somebody's data source, whose connections are in UTC while we have them: time stamps in JSON are
 * written in the session's zone. What was set is put back before the connection is given back.
 *
 * <p>A connection that comes with auto-commit off is in its owner's transaction: the zone is set
 * for that alone, and nothing is committed.
 */
public final class UtcDataSource extends DelegatingDataSource {

  private final DataSource dataSource;

  private UtcDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Wraps a data source, unless it is one of the kinds here, which care for it themselves. */
  public static DataSource of(DataSource dataSource) {
    Objects.requireNonNull(dataSource, "dataSource");
    return dataSource instanceof DelegatingDataSource ? dataSource : new UtcDataSource(dataSource);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      String zone = SessionTimeZone.of(connection);
      if (SessionTimeZone.isUtc(zone)) {
        return connection;
      }
      SessionTimeZone.set(connection, SessionTimeZone.UTC);
      return ConnectionView.lend(connection, lent -> putBack(lent, zone));
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  private static @Nullable Void putBack(Connection connection, String zone) throws SQLException {
    try (connection) {
      // The rollback of a failed transaction, which is its owner's to call, puts the zone back too.
      if (!isInFailedTransaction(connection)) {
        SessionTimeZone.set(connection, zone);
      }
    }
    return null;
  }

  private static boolean isInFailedTransaction(Connection connection) throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED;
  }
}
