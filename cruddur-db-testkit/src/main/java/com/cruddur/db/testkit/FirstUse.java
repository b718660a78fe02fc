package com.cruddur.db.testkit;

/** What a test asks of its database first, and what is therefore opened ahead for the next test. */
enum FirstUse {
  /** No test has asked yet. */
  UNKNOWN,
  /** A connection of the database's own data source. */
  CONNECTION,
  /** The pool of a {@code CruddurDb}. */
  POOL
}
