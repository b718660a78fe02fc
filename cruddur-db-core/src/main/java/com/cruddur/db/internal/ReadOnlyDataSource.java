package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody's data source, whose connections are in a read-only transaction while we have them. It
 * begins with the first statement, in the same packet, and ends when the connection is given back.
 */
public final class ReadOnlyDataSource extends DelegatingDataSource {

  private static final Logger LOG = LoggerFactory.getLogger(ReadOnlyDataSource.class);

  private final DataSource dataSource;

  /** Wraps a data source whose connections come with auto-commit on. */
  public ReadOnlyDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      if (!connection.getAutoCommit()) {
        throw new SQLException(
            "The data source gave a connection inside a transaction of its owner. A reader needs"
                + " one outside of it.",
            "25001");
      }
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return ConnectionView.lendOutsideOfTransactions(connection, ReadOnlyDataSource::putBack);
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  /** What was read is read: a connection that breaks here changes nothing. */
  private static @Nullable Void putBack(Connection connection) throws SQLException {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
      }
    } catch (SQLException broken) {
      LOG.debug("A connection could not be reset", broken);
    }
    return null;
  }
}
