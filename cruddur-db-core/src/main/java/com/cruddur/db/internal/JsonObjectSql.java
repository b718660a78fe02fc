package com.cruddur.db.internal;

import java.util.StringJoiner;

/**
 * SQL for the JSON object of one row, joined by hand from its columns. Gives what row_to_json
 * gives, and costs the server about half of it: the columns and their types are known here.
 */
public final class JsonObjectSql {

  private final StringJoiner members = new StringJoiner(" || ',\"", "('{\"", " || '}')");

  /** Makes an object without members. */
  public JsonObjectSql() {}

  /** A UUID: its text needs quotes and no escapes. */
  public JsonObjectSql uuid(String key, String column) {
    return member(key, "coalesce('\"' || " + column + " || '\"', 'null')");
  }

  /** A text, with all the escapes that JSON needs. */
  public JsonObjectSql text(String key, String column) {
    return member(key, "coalesce(to_json(" + column + ")::text, 'null')");
  }

  /** An integer of at most 32 bits, which every parser of JSON reads exactly. */
  public JsonObjectSql integer(String key, String column) {
    return member(key, "coalesce(" + column + "::text, 'null')");
  }

  /** A time stamp in ISO 8601, with the offset of the session's zone, which is UTC. */
  public JsonObjectSql timestamp(String key, String column) {
    return text(key, column);
  }

  private JsonObjectSql member(String key, String value) {
    members.add(key + "\":' || " + value);
    return this;
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
