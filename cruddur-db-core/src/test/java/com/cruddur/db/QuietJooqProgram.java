package com.cruddur.db;

import org.jooq.Log;
import org.jooq.tools.JooqLogger;

/** Sets how much jOOQ may log, opens a database, and logs as jOOQ. */
final class QuietJooqProgram {

  private QuietJooqProgram() {}

  public static void main(String[] arguments) {
    JooqLogger.globalThreshold(Log.Level.ERROR);
    try (CruddurDb db = CruddurDb.open(ConnectionUrl.parse(arguments[0]))) {
      JooqLogger log = JooqLogger.getLogger(QuietJooqProgram.class);
      log.warn("below the threshold");
      log.error("answer", db.dsl().fetchValue("SELECT 1"));
    }
  }
}
