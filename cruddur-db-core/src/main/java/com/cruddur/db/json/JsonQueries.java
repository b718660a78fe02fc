package com.cruddur.db.json;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.NamedQuery;
import com.cruddur.db.internal.UtcDataSource;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.Query;
import org.jooq.ResultQuery;
import org.jooq.Select;

/**
 * Runs queries and gives their rows as JSON that PostgreSQL made, without an object mapping in
 * between. Time stamps with time zone come out in UTC.
 *
 * <p>Thread-safe. The caller closes the data source.
 *
 * @since 0.1.0
 */
public final class JsonQueries {

  private static final NamedQuery<Long> EXECUTE =
      new NamedQuery<>("json.execute", "EXECUTE", Long::longValue);

  private final DataSource dataSource;

  private JsonQueries(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Returns the helpers for the database that the data source connects to. Does not connect.
   *
   * @param dataSource usually a pool
   * @return the helpers
   */
  public static JsonQueries of(DataSource dataSource) {
    return new JsonQueries(UtcDataSource.of(dataSource));
  }

  /**
   * Prepares a query whose rows become one JSON array of objects; {@code []} if there are none.
   *
   * @param query any query; column names become keys
   * @return what runs the query, once per call
   */
  public JsonArrayQuery array(Select<?> query) {
    return array(new JooqQuery(Objects.requireNonNull(query, "query")));
  }

  /**
   * Prepares a query whose only row becomes a JSON object. Two rows or more are an error.
   *
   * @param query a query of at most one row; column names become keys
   * @return what runs the query, once per call
   */
  public JsonObjectQuery object(Select<?> query) {
    return object(new JooqQuery(Objects.requireNonNull(query, "query")));
  }

  /**
   * Prepares SQL text whose rows become one JSON array of objects; {@code []} if there are none.
   *
   * @param template a query, or an INSERT, UPDATE or DELETE with RETURNING, with a value for each
   *     of its parameters
   * @return what runs the query, once per call
   */
  public JsonArrayQuery array(SqlTemplate template) {
    return array(new TemplateQuery(Objects.requireNonNull(template, "template")));
  }

  /**
   * Prepares SQL text whose only row becomes a JSON object. Two rows or more are an error.
   *
   * @param template a query of at most one row, or an INSERT, UPDATE or DELETE with RETURNING, with
   *     a value for each of its parameters
   * @return what runs the query, once per call
   */
  public JsonObjectQuery object(SqlTemplate template) {
    return object(new TemplateQuery(Objects.requireNonNull(template, "template")));
  }

  /**
   * Runs a query of one row and one column, or a statement that returns them with RETURNING. More
   * rows or columns are an error, and a statement that gave them is undone.
   *
   * @param template one statement, with a value for each of its parameters
   * @param type String, UUID, Boolean, Integer, Long, Double, BigDecimal, byte[], OffsetDateTime,
   *     Instant, LocalDate, LocalDateTime or LocalTime; String reads every column, as PostgreSQL
   *     writes it
   * @param <T> the type
   * @return the value; nothing if there is no row or the value is NULL
   * @throws IllegalArgumentException if the type is another one
   * @throws CruddurDbException if the statement fails or gives more than one value, or one that the
   *     type would change: a fraction as Integer or Long, a whole number beyond 2^53 as Double
   */
  public <T> Optional<T> value(SqlTemplate template, Class<T> type) {
    return value(new TemplateQuery(Objects.requireNonNull(template, "template")), type);
  }

  /**
   * Runs a query of one row and one column, as {@link #value(SqlTemplate, Class)} does.
   *
   * @param query a query, or a statement with RETURNING
   * @param type one of those that are named there
   * @param <T> the type
   * @return the value; nothing if there is no row or the value is NULL
   * @throws IllegalArgumentException if the type is another one
   * @throws CruddurDbException if the statement fails or gives more than one value
   */
  public <T> Optional<T> value(ResultQuery<?> query, Class<T> type) {
    return value(new JooqQuery(Objects.requireNonNull(query, "query")), type);
  }

  private <T> Optional<T> value(WrappedQuery query, Class<T> type) {
    WrappedQuery.RowReader<Optional<T>> reader = SingleValue.reader(type, query.wraps());
    return Connections.forQuery(
        dataSource,
        new NamedQuery<Optional<T>>(
            query.name("json.value"), query.operation(), found -> found.isPresent() ? 1 : 0),
        query.changesRows(),
        connection -> query.runAlone(connection, reader));
  }

  /**
   * Runs a statement for what it does. One that matches nothing is no error. What it returns with
   * RETURNING is counted; to have it, ask for {@link #value}, {@link #object(SqlTemplate)} or
   * {@link #array(SqlTemplate)}.
   *
   * @param statement one statement, with a value for each of its parameters
   * @return how many rows it changed, or returned
   * @throws CruddurDbException if the statement fails
   */
  public long execute(SqlTemplate statement) {
    TemplateQuery query = new TemplateQuery(Objects.requireNonNull(statement, "statement"));
    return Connections.call(
        dataSource,
        new NamedQuery<Long>(query.name("json.execute"), query.operation(), Long::longValue),
        query::execute);
  }

  /**
   * Runs a statement for what it does, as {@link #execute(SqlTemplate)} does.
   *
   * @param statement any statement of jOOQ's
   * @return how many rows it changed
   * @throws CruddurDbException if the statement fails
   */
  public long execute(Query statement) {
    Objects.requireNonNull(statement, "statement");
    return Connections.call(
        dataSource, EXECUTE, connection -> JooqQuery.execute(connection, statement));
  }

  private JsonArrayQuery array(WrappedQuery query) {
    return new JsonArrayQuery(dataSource, query);
  }

  private JsonObjectQuery object(WrappedQuery query) {
    return new JsonObjectQuery(dataSource, query);
  }
}
