package com.cruddur.db.migrations;

import com.cruddur.db.migrations.internal.FlywayLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
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

  static final String BASELINE_DESCRIPTION = "original schema, made by hand";

  static final String RIGHTS_SCRIPT = "afterMigrate__rights.sql";

  /** The scripts in their order; a test holds that these are all. The nth has version n. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__original_schema.sql",
          "V2__user_times_with_time_zone.sql",
          "V3__activity_times_with_time_zone.sql",
          "V4__users_email_and_bio.sql",
          "V5__integer_reply_ids_unused.sql",
          "V6__integer_reply_ids_unused_validated.sql",
          "V7__reply_ids_are_uuids.sql",
          "V8__cognito_user_ids_unique.sql",
          "V9__handles_unique.sql",
          "V10__user_values_required.sql",
          "V11__user_values_required_validated.sql",
          "V12__user_values_not_null.sql",
          "V13__counters_required.sql",
          "V14__counters_required_validated.sql",
          "V15__counters_not_null.sql",
          "V16__user_page_index.sql",
          "V17__activities_refer_to_users.sql",
          "V18__activities_refer_to_users_validated.sql",
          "V19__replies_index.sql",
          "V20__replies_refer_to_activities.sql",
          "V21__replies_refer_to_activities_validated.sql",
          "V22__home_feed_index.sql",
          "V23__expiry_index.sql",
          "V24__search_index.sql",
          "V25__replies_are_counted.sql",
          "V26__environment.sql",
          "V27__schema_closed_to_others.sql",
          "V28__comments.sql",
          "V29__newest_replies_index.sql");

  private static final String FOLDER = "com/cruddur/db/migrations/sql";
  private static final int LOCK_ATTEMPTS_ONE_SECOND_APART = 600;

  private BundledMigrations() {}

  static Flyway flyway(MigrationSession session) {
    return configuration(session).load();
  }

  /** Flyway writes the name of the user into the SQL of the baseline, as it is. */
  static void baseline(MigrationSession session) throws SQLException {
    for (String user :
        session.sql().texts("SELECT pg_catalog.replace(current_user, '''', '''''')")) {
      configuration(session).installedBy(user).load().baseline();
    }
  }

  private static FluentConfiguration configuration(MigrationSession session) {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .loggers(FlywayLog.class.getName())
            .dataSource(session.dataSource())
            .locations("classpath:" + FOLDER)
            .schemas("public")
            .placeholderReplacement(false)
            .lockRetryCount(LOCK_ATTEMPTS_ONE_SECOND_APART)
            .baselineVersion(ORIGINAL_VERSION)
            .baselineDescription(BASELINE_DESCRIPTION);
    // Flyway's own transactional lock would wait for itself at CREATE INDEX CONCURRENTLY. Without
    // it, Flyway also writes its history in the transaction of the migration (decision 0103).
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }

  /** Returns the migrations that come after a version, or all for {@code none}. */
  static List<PendingMigration> after(Flyway flyway, String version) {
    return Arrays.stream(flyway.info().all())
        .filter(info -> SCRIPTS.contains(info.getScript()))
        .filter(
            info ->
                version.equals("none")
                    || info.getVersion().compareTo(MigrationVersion.fromVersion(version)) > 0)
        // A run that was killed leaves a mark of failure: that script runs again.
        .filter(info -> !info.getState().isApplied() || info.getState().isFailed())
        .map(BundledMigrations::pending)
        .toList();
  }

  private static PendingMigration pending(MigrationInfo info) {
    String file = info.getScript();
    String sql = text(file);
    return new PendingMigration(
        file.substring(0, file.length() - ".sql".length()).replaceFirst("__", " "),
        Migrations.class.getClassLoader().getResource(FOLDER + "/" + file + ".conf") == null,
        sql,
        HistorySql.row(info, sql));
  }

  /** Returns the text of a script. */
  static String text(String file) {
    return resource(FOLDER + "/" + file);
  }

  static String resource(String path) {
    try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the jar of the migrations");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
