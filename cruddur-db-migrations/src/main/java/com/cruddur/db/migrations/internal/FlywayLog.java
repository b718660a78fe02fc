package com.cruddur.db.migrations.internal;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands Flyway's log lines to slf4j, its errors at level debug: each failure is thrown too, and
 * where the migrator tries again, a call to restore backups would only alarm.
 */
public final class FlywayLog implements LogCreator {

  /** For Flyway, which is given the name of the class. */
  public FlywayLog() {}

  @Override
  public Log createLogger(Class<?> source) {
    return new Line(LoggerFactory.getLogger(source));
  }

  private record Line(Logger logger) implements Log {

    @Override
    public void debug(String message) {
      logger.debug(message);
    }

    @Override
    public void info(String message) {
      logger.info(message);
    }

    @Override
    public void warn(String message) {
      logger.warn(message);
    }

    @Override
    public void error(String message) {
      logger.debug(message);
    }

    @Override
    public void error(String message, Exception failure) {
      logger.debug(message, failure);
    }

    @Override
    public void notice(String message) {
      logger.info(message);
    }
  }
}
