package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurQueries;
import com.cruddur.db.testkit.ActivityGenerator;
import java.sql.SQLException;
import org.jooq.exception.DataAccessException;

/**
 * Users and activities that follow from a number, loaded by COPY in one transaction.
 *
 * @param activities how many
 * @param users how many post them
 * @param number all rows follow from it
 */
record GeneratedSeed(int activities, int users, long number) {

  /** Loads them unless they were loaded before, and says what came of it. */
  String load(Database database) throws SQLException {
    CruddurDb db = CruddurDb.using(database.dataSource());
    return db.transaction(
        transaction ->
            transaction
                .dsl()
                .connectionResult(
                    connection ->
                        SeedMemory.once(
                            connection, toString(), toString(), () -> generate(transaction))));
  }

  private String generate(CruddurQueries transaction) {
    try {
      ActivityGenerator.of(number).users(users).load(transaction, activities);
      return Printable.count(users, "user")
          + " and "
          + activities
          + (activities == 1 ? " activity" : " activities");
    } catch (DataAccessException failure) {
      if ("23505".equals(failure.sqlState())) {
        throw new IllegalStateException(
            "Rows of the number "
                + number
                + " are there already. Choose another --random-seed; nothing was loaded.",
            failure);
      }
      throw failure;
    }
  }

  /** Returns what tells it from others, as the database remembers it. */
  @Override
  public String toString() {
    return "generated: %d activities, %d users, random seed %d"
        .formatted(activities, users, number);
  }
}
