package com.cruddur.db.faults;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what was measured, for the table of docs/operations-bad-days.md. */
final class Measured {

  private static final Logger LOG = LoggerFactory.getLogger(Measured.class);

  private Measured() {}

  static void say(String what) {
    LOG.warn(what);
  }

  static void say(String fault, Load load, Duration firstSuccess) {
    LOG.warn(
        "{}: {} errors, {} of them of lost connections; first success after {} ms; longest call {}"
            + " ms",
        fault,
        load.failures().size(),
        load.lostConnections().size(),
        firstSuccess.toMillis(),
        load.longestCall().toMillis());
  }
}
