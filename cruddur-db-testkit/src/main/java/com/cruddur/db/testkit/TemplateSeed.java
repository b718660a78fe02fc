package com.cruddur.db.testkit;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Rows that go into a template database. */
interface TemplateSeed {

  /** Returns a text that changes with the rows. */
  String key();

  /** Inserts the rows. */
  void load(DataSource owner) throws SQLException;

  /**
   * Returns how long the rows may be kept between runs. Their times are those of the day when they
   * were made: what was to expire in an hour is of no use two hours later.
   */
  default Duration freshFor() {
    return Duration.ofHours(1);
  }
}
