package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.internal.Connections;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A query that answers with a JSON object or nothing. Immutable and thread-safe; each call runs it
 * once.
 *
 * @since 0.1.0
 */
public final class JsonObjectQuery {

  private static final String SELECT = "SELECT row_to_json(r)::text";

  private final DataSource dataSource;
  private final WrappedQuery query;

  JsonObjectQuery(DataSource dataSource, WrappedQuery query) {
    this.dataSource = dataSource;
    this.query = query;
  }

  /**
   * Runs the query.
   *
   * @return the object as text, or nothing if there is no row
   * @throws CruddurDbException if there is more than one row
   */
  public Optional<JsonResult<String>> asString() {
    return run(row -> row.getString(1));
  }

  /**
   * Runs the query. The bytes are those that the driver received; they are not decoded.
   *
   * @return the object as UTF-8, or nothing if there is no row
   * @throws CruddurDbException if there is more than one row
   */
  public Optional<JsonResult<byte[]>> asBytes() {
    return run(row -> row.getBytes(1));
  }

  private <T> Optional<JsonResult<T>> run(JsonColumn<T> column) {
    return Connections.call(
        dataSource,
        connection -> query.run(connection, SELECT, "LIMIT 2", rows -> onlyRow(rows, column)));
  }

  private static <T> Optional<JsonResult<T>> onlyRow(ResultSet rows, JsonColumn<T> column)
      throws SQLException {
    if (!rows.next()) {
      return Optional.empty();
    }
    JsonResult<T> object = new JsonResult<>(column.read(rows), 1);
    if (rows.next()) {
      throw new CruddurDbException(
          "The query of an object gave more than one row. Narrow it to one row, or ask for an"
              + " array.",
          null);
    }
    return Optional.of(object);
  }
}
