package com.cruddur.db;

import com.cruddur.db.json.JsonQueries;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;

/** Asks for the JSON of a jOOQ query without a {@link CruddurDb}. */
final class JsonOnlyProgram {

  private JsonOnlyProgram() {}

  public static void main(String[] arguments) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(arguments[0]);
    dataSource.setUser("postgres");
    dataSource.setPassword("postgres");
    JsonQueries queries = JsonQueries.of(dataSource);
    System.out.println(queries.array(DSL.select(DSL.val(1).as("n"))).asString().value());
  }
}
