package com.cruddur.db.json;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Copies rows to a stream as they come. The driver keeps as many rows as fit into a megabyte if
 * they are as large as the largest of those before, and never more than a thousand: rows may grow.
 */
final class JsonStream {

  static final String SELECT = "SELECT row_to_json(r.*)::text";
  static final int FIRST_FETCH = 1;

  private static final int FETCH_BYTES = 1 << 20;
  private static final int MAX_FETCH = 1_000;

  private final ResultSet rows;
  private final OutputStream target;
  private final int wraps;
  private long count;
  private int fetchSize = FIRST_FETCH;
  private long fetched = FIRST_FETCH;
  private int largest;

  private JsonStream(ResultSet rows, OutputStream target, int wraps) {
    this.rows = rows;
    this.target = target;
    this.wraps = wraps;
  }

  /**
   * Writes the rows as a JSON array and returns their number.
   *
   * @param wraps as in {@link WrappedQuery#wraps()}
   * @throws UncheckedIOException if the stream cannot be written to
   */
  static long copy(ResultSet rows, OutputStream target, int wraps) throws SQLException {
    try {
      BufferedOutputStream buffered = new BufferedOutputStream(target);
      long count = new JsonStream(rows, buffered, wraps).copy();
      buffered.flush();
      return count;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private long copy() throws SQLException, IOException {
    target.write('[');
    while (rows.next()) {
      byte[] json = rows.getBytes(1);
      if (count == 0) {
        DuplicateKeys.refuse(json, wraps);
      } else {
        target.write(',');
      }
      target.write(json);
      count++;
      largest = Math.max(largest, json.length);
      adaptFetchSize();
    }
    target.write(']');
    return count;
  }

  private void adaptFetchSize() throws SQLException {
    if (count == fetched) {
      fetchSize =
          Math.clamp(FETCH_BYTES / Math.max(1, largest), 1, Math.min(2 * fetchSize, MAX_FETCH));
      rows.setFetchSize(fetchSize);
      fetched += fetchSize;
      // Not forgotten at once: large rows between small ones come back.
      largest /= 2;
    }
  }
}
