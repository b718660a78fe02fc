package com.cruddur.db.json;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Copies rows to a stream as they come, in batches that the driver keeps whole.
 *
 * <p>A batch has a number of rows, and nobody knows how large the next ones are. So a large row
 * comes with empty ones behind it, one for each {@value #LARGE} bytes: that bounds a batch to 8 MB
 * beside its largest row.
 */
final class JsonStream {

  private static final int LARGE = 4096;

  /** How many rows the driver asks for at once. */
  static final int FETCH = 2_000;

  static final String SELECT =
      "SELECT CASE WHEN part.n > 0 THEN NULL ELSE whole.json END"
          + " FROM (SELECT row_to_json(r.*)::text AS json";

  // Without the first OFFSET, json would be made for each part anew. The second keeps the function
  // from being called for a small row: by itself the condition would be looked at after it.
  static final String REST =
      "OFFSET 0) AS whole LEFT JOIN LATERAL (SELECT n"
          + (" FROM generate_series(0, octet_length(whole.json) / " + LARGE + ") AS n")
          + (" WHERE octet_length(whole.json) >= " + LARGE + " OFFSET 0) AS part ON true");

  private final ResultSet rows;
  private final OutputStream target;
  private final int wraps;
  private long count;

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
      if (json != null) {
        append(json);
      }
    }
    target.write(']');
    return count;
  }

  private void append(byte[] json) throws IOException {
    if (count++ == 0) {
      DuplicateKeys.refuse(json, wraps);
    } else {
      target.write(',');
    }
    target.write(json);
  }
}
