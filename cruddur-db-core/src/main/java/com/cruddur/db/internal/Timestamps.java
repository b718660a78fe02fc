package com.cruddur.db.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Time stamps as instants. PostgreSQL's {@code infinity} and {@code -infinity}, for which the
 * driver has the largest and the smallest {@link OffsetDateTime}, are {@link Instant#MAX} and
 * {@link Instant#MIN}.
 */
public final class Timestamps {

  private Timestamps() {}

  /** Reads a column of type timestamptz that is not NULL. */
  public static Instant read(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    if (time.equals(OffsetDateTime.MAX)) {
      return Instant.MAX;
    }
    return time.equals(OffsetDateTime.MIN) ? Instant.MIN : time.toInstant();
  }

  /** Returns what the driver takes for a parameter of type timestamptz. */
  public static OffsetDateTime parameter(Instant time) {
    if (time.equals(Instant.MAX)) {
      return OffsetDateTime.MAX;
    }
    return time.equals(Instant.MIN) ? OffsetDateTime.MIN : time.atOffset(ZoneOffset.UTC);
  }
}
