package com.cruddur.db.testkit;

import com.cruddur.db.CruddurQueries;

/**
 * Assertions about the rows of a database, for the cases in which they read better than a query.
 * Import {@link #assertThat} statically, beside that of AssertJ if you use it; neither needs the
 * other.
 *
 * @since 0.1.0
 */
public final class CruddurAssertions {

  private CruddurAssertions() {}

  /**
   * Begins an assertion about a database, or about what a transaction sees of it.
   *
   * @param db the database
   * @return assertions, each of which is a query of its own
   */
  public static DatabaseAssert assertThat(CruddurQueries db) {
    return new DatabaseAssert(db);
  }
}
