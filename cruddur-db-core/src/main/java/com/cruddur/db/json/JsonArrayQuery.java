package com.cruddur.db.json;

import com.cruddur.db.internal.Connections;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A query that answers with a JSON array. Immutable and thread-safe; each call runs it once.
 *
 * @since 0.1.0
 */
public final class JsonArrayQuery {

  private static final String SELECT =
      "SELECT coalesce('[' || string_agg(row_to_json(r)::text, ',') || ']', '[]'), count(*)";

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
   */
  public JsonResult<String> asString() {
    return run(row -> row.getString(1));
  }

  /**
   * Runs the query. The bytes are those that the driver received; they are not decoded.
   *
   * @return the array as UTF-8, and its length
   */
  public JsonResult<byte[]> asBytes() {
    return run(row -> row.getBytes(1));
  }

  private <T> JsonResult<T> run(JsonColumn<T> column) {
    return Connections.call(
        dataSource, connection -> query.run(connection, SELECT, "", rows -> onlyRow(rows, column)));
  }

  private static <T> JsonResult<T> onlyRow(ResultSet rows, JsonColumn<T> column)
      throws SQLException {
    rows.next();
    return new JsonResult<>(column.read(rows), rows.getLong(2));
  }
}
