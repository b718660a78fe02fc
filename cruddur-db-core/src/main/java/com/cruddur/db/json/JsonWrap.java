package com.cruddur.db.json;

import java.util.HashSet;
import java.util.Set;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.QOM;
import org.jooq.impl.SQLDataType;

/**
 * Wraps a query so that PostgreSQL answers with JSON. Column names become keys as they are; the
 * order of rows is the query's.
 *
 * <p>What it returns is a field, so an array can stand in an object, and can be selected beside
 * other columns.
 *
 * @since 0.1.0
 */
public final class JsonWrap {

  private JsonWrap() {}

  /**
   * Returns the rows of a query as one JSON array of objects.
   *
   * @param query any query; its column names must differ
   * @return a scalar subquery; {@code []} if the query has no rows
   * @throws IllegalArgumentException if two columns have the same name, as far as jOOQ knows it:
   *     those of tables and those with an alias
   */
  public static Field<JSON> array(Select<?> query) {
    refuseDoubledNames(query);
    return DSL.field(
        "(SELECT coalesce(array_to_json(array_agg(row_to_json(r.*))), '[]') FROM ({0}) AS r)",
        SQLDataType.JSON, query);
  }

  /**
   * Returns the only row of a query as a JSON object.
   *
   * @param query a query of at most one row; PostgreSQL reports more as an error (SQLSTATE 21000)
   * @return a scalar subquery; NULL if the query has no row
   * @throws IllegalArgumentException if two columns have the same name, as far as jOOQ knows it:
   *     those of tables and those with an alias
   */
  public static Field<JSON> object(Select<?> query) {
    refuseDoubledNames(query);
    return DSL.field("(SELECT row_to_json(r.*) FROM ({0}) AS r)", SQLDataType.JSON, query);
  }

  /**
   * Returns the rows of SQL text as one JSON array of objects.
   *
   * @param template a query; its column names must differ, or what runs the answer refuses it by
   *     its first row
   * @return a query of one row and one column of type json, {@code []} if the query has no rows,
   *     with the same parameters and values, for {@link JsonQueries#value(SqlTemplate, Class)}
   */
  public static SqlTemplate array(SqlTemplate template) {
    return template.wrapped(
        "SELECT coalesce(array_to_json(array_agg(row_to_json(r.*))), '[]')", "");
  }

  /**
   * Returns the only row of SQL text as a JSON object.
   *
   * @param template a query of at most one row; its column names must differ, or what runs the
   *     answer refuses it by that row
   * @return a query of one column of type json, and of as many rows as the query has, with the same
   *     parameters and values, for {@link JsonQueries#value(SqlTemplate, Class)}
   */
  public static SqlTemplate object(SqlTemplate template) {
    return template.wrapped("SELECT row_to_json(r.*)", "");
  }

  /**
   * Who reads the whole answer cannot see into the values in it. What PostgreSQL calls an
   * expression without an alias, jOOQ does not know.
   */
  @SuppressWarnings("deprecation") // fields() forgets which names are jOOQ's inventions
  private static void refuseDoubledNames(Select<?> query) {
    Set<String> names = new HashSet<>();
    for (Field<?> field : query.getSelect()) {
      boolean isNamed = field instanceof TableField || field instanceof QOM.FieldAlias;
      if (isNamed && !names.add(field.getName())) {
        throw new IllegalArgumentException(
            "Two columns of the query are named \""
                + field.getName()
                + "\". Give each a name of its own, with as(): they become the keys of the JSON.");
      }
    }
  }
}
