package com.cruddur.db.json;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the JSON of a row in one of its forms. */
@FunctionalInterface
interface JsonColumn<T> {

  T read(ResultSet row) throws SQLException;
}
