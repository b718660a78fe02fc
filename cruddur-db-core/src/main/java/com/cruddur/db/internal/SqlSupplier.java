package com.cruddur.db.internal;

import java.sql.SQLException;

/**
 * Gives something, or fails as JDBC does.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface SqlSupplier<T> {

  /** Gives it. */
  T get() throws SQLException;
}
