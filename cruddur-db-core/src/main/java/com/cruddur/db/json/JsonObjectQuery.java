package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.NamedQuery;
import java.nio.charset.StandardCharsets;
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

  private static final String SELECT = "SELECT row_to_json(r.*)::text";

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
   * @throws CruddurDbException if the statement fails, there is more than one row, or two columns
   *     have the same name
   */
  public Optional<JsonResult<String>> asString() {
    return asBytes()
        .map(
            bytes ->
                new JsonResult<>(new String(bytes.value(), StandardCharsets.UTF_8), bytes.rows()));
  }

  /**
   * Runs the query. The bytes are those that the driver received; they are not decoded.
   *
   * @return the object as UTF-8, or nothing if there is no row
   * @throws CruddurDbException if the statement fails, there is more than one row, or two columns
   *     have the same name
   */
  public Optional<JsonResult<byte[]>> asBytes() {
    return Connections.forQuery(
        dataSource,
        new NamedQuery<Optional<JsonResult<byte[]>>>(
            query.name("json.object"), query.operation(), found -> found.isPresent() ? 1 : 0),
        query.changesRows(),
        connection ->
            query.run(connection, SELECT, "LIMIT 2", WrappedQuery.ALL_ROWS, this::onlyRow));
  }

  private Optional<JsonResult<byte[]>> onlyRow(ResultSet rows) throws SQLException {
    if (!rows.next()) {
      return Optional.empty();
    }
    byte[] json = rows.getBytes(1);
    DuplicateKeys.refuse(json, query.wraps());
    if (rows.next()) {
      throw new CruddurDbException(
          "The query of an object gave more than one row. Narrow it to one row, or ask for an"
              + " array.",
          null);
    }
    return Optional.of(new JsonResult<>(json, 1));
  }
}
