package com.example.feedservice;

import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.Validation;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that nothing is served from a schema that these queries do not fit. */
final class Schema {

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

  private Schema() {}

  static void ready(DataSource dataSource, boolean migrate) {
    Migrations migrations = Migrations.of(dataSource);
    if (migrate) {
      LOG.info("schema at version {}", migrations.migrate().schemaVersion());
    }
    Validation validation = migrations.validate();
    if (!validation.isValid()) {
      throw new IllegalStateException(
          "The database is not ready for this service. Start it with --migrate, or migrate first:\n"
              + String.join("\n", validation.problems()));
    }
  }
}
