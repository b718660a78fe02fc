package com.example.feedservice;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.Health;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a load balancer asks. It gets yes or no; why not is for the log, since it names hosts. */
final class HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

  private final CruddurDb db;
  private final AtomicBoolean wasUp = new AtomicBoolean(true);

  HealthCheck(CruddurDb db) {
    this.db = db;
  }

  Response look(Request request) {
    Health health = db.health();
    if (wasUp.getAndSet(health.up()) != health.up()) {
      LOG.warn("the database is {}: {}", health.up() ? "up again" : "down", health.json());
    }
    return health.up()
        ? Response.json("{\"success\":true}")
        : Response.json("{\"success\":false}").with(503).with("Retry-After", "1");
  }
}
