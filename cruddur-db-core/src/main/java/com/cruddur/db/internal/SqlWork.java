package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with one connection.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {

  /** Does the work; the connection is given back afterwards. */
  T run(Connection connection) throws SQLException;
}
