package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Borrows a connection for one piece of work and tells its failure in the library's exceptions. */
public final class Connections {

  private Connections() {}

  /** Runs the work on a connection of the data source and gives the connection back. */
  public static <T extends @Nullable Object> T call(DataSource dataSource, SqlWork<T> work) {
    Connection connection = borrow(dataSource);
    try (connection) {
      return work.run(connection);
    } catch (SQLException failure) {
      throw SqlFailures.translate(failure);
    }
  }

  /** Borrows a connection that the caller gives back by closing it. */
  public static Connection borrow(DataSource dataSource) {
    try {
      return dataSource.getConnection();
    } catch (SQLException failure) {
      throw SqlFailures.noConnection(failure);
    }
  }
}
