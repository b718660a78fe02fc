package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.NamedQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A query that answers with a JSON array. Immutable and thread-safe; each call runs it once.
 *
 * @since 0.1.0
 */
public final class JsonArrayQuery {

  private static final String SELECT =
      "SELECT coalesce('[' || string_agg(row_to_json(r.*)::text, ',') || ']', '[]'), count(*)";

  private final DataSource dataSource;
  private final WrappedQuery query;

  JsonArrayQuery(DataSource dataSource, WrappedQuery query) {
    this.dataSource = dataSource;
    this.query = query;
  }

  /**
   * Runs the query.
   *
   * @return the array as text, and its length
   * @throws CruddurDbException if the statement fails, or two columns have the same name
   */
  public JsonResult<String> asString() {
    JsonResult<byte[]> bytes = asBytes();
    return new JsonResult<>(new String(bytes.value(), StandardCharsets.UTF_8), bytes.rows());
  }

  /**
   * Runs the query. The bytes are those that the driver received; they are not decoded.
   *
   * @return the array as UTF-8, and its length
   * @throws CruddurDbException if the statement fails, or two columns have the same name
   */
  public JsonResult<byte[]> asBytes() {
    return Connections.forQuery(
        dataSource,
        new NamedQuery<JsonResult<byte[]>>(
            query.name("json.array"), query.operation(), JsonResult::rows),
        query.changesRows(),
        connection -> query.run(connection, SELECT, "", WrappedQuery.ALL_ROWS, this::onlyRow));
  }

  private JsonResult<byte[]> onlyRow(ResultSet rows) throws SQLException {
    rows.next();
    byte[] json = rows.getBytes(1);
    DuplicateKeys.refuse(json, query.wraps());
    return new JsonResult<>(json, rows.getLong(2));
  }

  /**
   * Runs the query and writes the array to a stream, row by row: any number of rows takes the same
   * few megabytes of memory here and on the server: 8 MB beside the largest row, however large and
   * small rows follow each other. One transaction. A failure may leave the beginning of an array in
   * the stream.
   *
   * @param target gets the array in UTF-8; it is flushed and stays open
   * @return the length of the array
   * @throws IOException if the stream cannot be written to
   * @throws CruddurDbException if the statement fails, or two columns have the same name
   */
  public long writeTo(OutputStream target) throws IOException {
    Objects.requireNonNull(target, "target");
    try {
      return Connections.forStream(
          dataSource,
          new NamedQuery<Long>(query.name("json.stream"), query.operation(), Long::longValue),
          query.changesRows(),
          connection ->
              query.run(
                  connection,
                  JsonStream.SELECT,
                  JsonStream.REST,
                  JsonStream.FETCH,
                  rows -> JsonStream.copy(rows, target, query.wraps())));
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }
}
