package com.cruddur.db.json;

import java.util.Objects;

/**
 * JSON that PostgreSQL wrote, and from how many rows.
 *
 * @param value the JSON, as text or as bytes in UTF-8
 * @param rows the number of rows that are in it
 * @param <T> {@link String} or {@code byte[]}
 * @since 0.1.0
 */
public record JsonResult<T>(T value, long rows) {

  /** Refuses null. */
  public JsonResult {
    Objects.requireNonNull(value, "value");
  }
}
