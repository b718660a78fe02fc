package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import org.jspecify.annotations.Nullable;

/** The database of a test and its pool. JUnit closes it when the test has ended. Thread-safe. */
final class OpenDatabase implements AutoCloseable {

  private final TestDatabase database;
  private @Nullable CruddurDb db;

  private OpenDatabase(TestDatabase database) {
    this.database = database;
  }

  static OpenDatabase create(SeedChain seed, String purpose) {
    return new OpenDatabase(TestDatabase.create(seed, purpose));
  }

  TestDatabase database() {
    return database;
  }

  synchronized CruddurDb db() {
    if (db == null) {
      db = database.open();
    }
    return db;
  }

  @Override
  public synchronized void close() {
    try (database) {
      if (db != null) {
        db.close();
      }
    }
  }
}
