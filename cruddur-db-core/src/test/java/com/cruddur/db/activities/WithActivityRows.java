package com.cruddur.db.activities;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A migrated database for each test, opened as a service opens it, with rows to write. */
abstract class WithActivityRows {

  CruddurDb db;
  ActivityRows rows;

  @BeforeEach
  void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    rows = new ActivityRows(db);
  }

  @AfterEach
  void close() {
    db.close();
  }
}
