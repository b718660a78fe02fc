package com.cruddur.db.migrations;

import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The migrations of Cruddur's schema, ready to be applied to one database.
 *
 * <p>Takes any {@link DataSource} whose user may change the schema; it must reach the server
 * directly, not through a pooler in transaction mode. The caller closes the data source. Immutable
 * and thread-safe; two runs against one database at the same time wait for each other.
 *
 * @since 0.1.0
 */
public final class Migrations {

  private static final String LOCATION = "classpath:com/cruddur/db/migrations/sql";

  private final Flyway flyway;

  private Migrations(Flyway flyway) {
    this.flyway = flyway;
  }

  /**
   * Returns the migrations for the database that the data source connects to. Does not connect.
   *
   * @param dataSource connects as a user that may create tables in schema {@code public}
   * @return the migrations, not yet applied
   */
  public static Migrations of(DataSource dataSource) {
    Objects.requireNonNull(dataSource, "dataSource");
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .loggers("slf4j")
            .dataSource(dataSource)
            .locations(LOCATION)
            .schemas("public")
            .createSchemas(false);
    // Flyway's own transactional lock would wait for itself at CREATE INDEX CONCURRENTLY.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return new Migrations(configuration.load());
  }

  /**
   * Applies what is pending, in the order of the versions. A database that is up to date is left as
   * it is.
   *
   * @return what was applied, and the version that was reached
   * @throws MigrationException if the database cannot be reached or a migration fails; a failed
   *     migration is rolled back
   */
  public MigrationReport migrate() {
    try {
      return report(flyway.migrate());
    } catch (FlywayException failure) {
      throw new MigrationException(FailureMessage.of(failure), failure);
    }
  }

  private static MigrationReport report(MigrateResult result) {
    List<String> applied = result.migrations.stream().map(Migrations::describe).toList();
    String version =
        result.targetSchemaVersion == null
            ? result.initialSchemaVersion
            : result.targetSchemaVersion;
    return new MigrationReport(applied, Objects.requireNonNullElse(version, "none"));
  }

  private static String describe(MigrateOutput migration) {
    return "V" + migration.version + " " + migration.description.replace(' ', '_');
  }
}
