package com.example.springfeed;

import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The application on the database that the parameters of the tests are of. It is the class's, and
 * goes with it; so does the context, which other classes would find in Spring's cache.
 */
@CruddurTest(scope = CruddurTest.Scope.CLASS)
@DirtiesContext
abstract class DatabaseOfTheClass {

  private static TestDatabase database;

  @BeforeAll
  static void take(TestDatabase ofTheClass) {
    database = ofTheClass;
  }

  @DynamicPropertySource
  static void address(DynamicPropertyRegistry properties) {
    properties.add("CONNECTION_URL", () -> Uri.of(database.url()));
    // It is migrated, and the login of tests may do no more than a service's.
    properties.add("cruddur.migrate", () -> false);
  }
}
