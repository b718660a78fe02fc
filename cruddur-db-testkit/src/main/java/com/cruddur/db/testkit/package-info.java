/**
 * PostgreSQL for tests, without Docker: a server of the test run's own, and a migrated and seeded
 * database of it for each test.
 *
 * <p>Start with {@link com.cruddur.db.testkit.CruddurTest} in JUnit, with {@link
 * com.cruddur.db.testkit.TestDatabase} elsewhere, and with {@link
 * com.cruddur.db.testkit.LocalPostgres} for a server alone.
 */
@NullMarked
package com.cruddur.db.testkit;

import org.jspecify.annotations.NullMarked;
