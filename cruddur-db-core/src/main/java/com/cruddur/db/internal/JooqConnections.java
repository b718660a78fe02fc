package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;

/**
 * Borrows a connection for each statement of jOOQ's, and tells a failure as everything else does.
 */
record JooqConnections(DataSource dataSource) implements ConnectionProvider {

  @Override
  public Connection acquire() {
    return Connections.borrow(dataSource);
  }

  @Override
  public void release(Connection connection) {
    try (connection) {
      TransactionControl.refuseLeftOpen(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }
}
