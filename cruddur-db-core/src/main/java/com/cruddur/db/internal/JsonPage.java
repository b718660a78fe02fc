package com.cruddur.db.internal;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A page that was joined from rows, each of which PostgreSQL wrote as a JSON object. The bytes are
 * those that the driver received.
 *
 * @param json an array in UTF-8
 * @param rows the number of its elements
 * @param next the key of its last element if another page follows, else null
 * @param <K> what the pages are ordered by
 */
public record JsonPage<K>(byte[] json, int rows, @Nullable K next) {

  private static final int BYTES_PER_ROW = 400;

  /**
   * Reads the rows up to the limit, and looks whether there is one more.
   *
   * @param rows the rows, from the next one on
   * @param column of the JSON of an element, counted from 1
   * @param limit the most elements of a page
   * @param key reads the key of a row from the other columns
   */
  public static <K> JsonPage<K> read(
      ResultSet rows, int column, int limit, SqlFunction<ResultSet, K> key) throws SQLException {
    ByteArrayOutputStream json = new ByteArrayOutputStream(BYTES_PER_ROW * limit);
    json.write('[');
    K last = null;
    int count = 0;
    while (rows.next()) {
      if (count == limit) {
        return new JsonPage<>(closed(json), count, last);
      }
      if (count++ > 0) {
        json.write(',');
      }
      json.writeBytes(rows.getBytes(column));
      last = count == limit ? key.apply(rows) : null;
    }
    return new JsonPage<>(closed(json), count, null);
  }

  /** Returns the same, with what follows if no page of the same kind does. */
  public JsonPage<K> or(@Nullable K following) {
    return next == null ? new JsonPage<>(json, rows, following) : this;
  }

  private static byte[] closed(ByteArrayOutputStream json) {
    json.write(']');
    return json.toByteArray();
  }
}
