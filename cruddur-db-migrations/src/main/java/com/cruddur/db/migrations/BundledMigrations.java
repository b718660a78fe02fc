package com.cruddur.db.migrations;

import com.cruddur.db.migrations.internal.FlywayLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** The scripts of this module, and Flyway set up to run them on one session. */
final class BundledMigrations {

  /** Existing databases are taken over at the version that is exactly the original schema. */
  static final String ORIGINAL_VERSION = "1";

  private static final String FOLDER = "com/cruddur/db/migrations/sql";
  private static final int LOCK_ATTEMPTS_ONE_SECOND_APART = 600;

  private BundledMigrations() {}

  static Flyway flyway(MigrationSession session) {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .loggers(FlywayLog.class.getName())
            .dataSource(session.dataSource())
            .locations("classpath:" + FOLDER)
            .schemas("public")
            .placeholderReplacement(false)
            .lockRetryCount(LOCK_ATTEMPTS_ONE_SECOND_APART)
            .baselineVersion(ORIGINAL_VERSION)
            .baselineDescription("original schema, made by hand");
    // Flyway's own transactional lock would wait for itself at CREATE INDEX CONCURRENTLY. Without
    // it, Flyway also writes its history in the transaction of the migration (decision 0103).
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  /** Returns the migrations that come after a version, or all for {@code none}. */
  static List<PendingMigration> after(Flyway flyway, String version) {
    return Arrays.stream(flyway.info().all())
        .filter(info -> info.getVersion() != null && info.getScript().endsWith(".sql"))
        .filter(
            info ->
                version.equals("none")
                    || info.getVersion().compareTo(MigrationVersion.fromVersion(version)) > 0)
        .filter(info -> !info.getState().isApplied())
        .map(BundledMigrations::pending)
        .toList();
  }

  private static PendingMigration pending(MigrationInfo info) {
    String file = info.getScript();
    return new PendingMigration(
        file.substring(0, file.length() - ".sql".length()).replaceFirst("__", " "),
        Migrations.class.getClassLoader().getResource(FOLDER + "/" + file + ".conf") == null,
        text(file));
  }

  /** Returns the text of a script. */
  static String text(String file) {
    try (InputStream in =
        Migrations.class.getClassLoader().getResourceAsStream(FOLDER + "/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing from the jar of the migrations");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
