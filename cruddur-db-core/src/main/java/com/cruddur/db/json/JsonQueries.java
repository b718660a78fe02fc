package com.cruddur.db.json;

import com.cruddur.db.internal.UtcDataSource;
import java.util.Objects;
import javax.sql.DataSource;
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
   * @param template a query with a value for each of its parameters
   * @return what runs the query, once per call
   */
  public JsonArrayQuery array(SqlTemplate template) {
    return array(new TemplateQuery(Objects.requireNonNull(template, "template")));
  }

  /**
   * Prepares SQL text whose only row becomes a JSON object. Two rows or more are an error.
   *
   * @param template a query of at most one row, with a value for each of its parameters
   * @return what runs the query, once per call
   */
  public JsonObjectQuery object(SqlTemplate template) {
    return object(new TemplateQuery(Objects.requireNonNull(template, "template")));
  }

  private JsonArrayQuery array(WrappedQuery query) {
    return new JsonArrayQuery(dataSource, query);
  }

  private JsonObjectQuery object(WrappedQuery query) {
    return new JsonObjectQuery(dataSource, query);
  }
}
