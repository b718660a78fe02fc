package com.cruddur.db.internal;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the SQLSTATE among the causes of a failure. */
public final class SqlStates {

  /** Causes may lead back to where they came from: nobody forbids it. */
  private static final int MOST_CAUSES = 100;

  private SqlStates() {}

  /** Returns that of the first exception that has one: the failure itself, or one of its causes. */
  public static Optional<String> of(@Nullable Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .filter(SQLException.class::isInstance)
        .map(cause -> ((SQLException) cause).getSQLState())
        .filter(Objects::nonNull)
        .findFirst();
  }
}
