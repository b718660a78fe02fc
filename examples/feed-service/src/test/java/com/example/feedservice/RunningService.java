package com.example.feedservice;

import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A service for each test, on a database of the test's own. */
@CruddurTest
abstract class RunningService {

  private FeedService service;
  Client client;

  @BeforeEach
  void start(TestDatabase database) {
    service = FeedService.start(Settings.with(database.url(), 0, false));
    client = new Client(service.port());
  }

  @AfterEach
  void stop() {
    service.close();
  }
}
