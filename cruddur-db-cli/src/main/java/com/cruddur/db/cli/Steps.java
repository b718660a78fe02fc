package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.migrations.MigrationReport;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.BaseSeed;
import java.util.Optional;
import javax.sql.DataSource;

/** What several commands do, each step with a line on standard error. */
final class Steps {

  private static final PoolSettings ONE_CONNECTION =
      PoolSettings.builder().maximumSize(1).applicationName(Database.APPLICATION_NAME).build();

  private Steps() {}

  static CruddurDb open(ConnectionUrl url) {
    return CruddurDb.builder().url(url).pool(ONE_CONNECTION).build();
  }

  static void migrate(DataSource database, Optional<String> environment) throws Exception {
    Migrations migrations = Migrations.of(database);
    Console.step(
        "migrate",
        () -> environment.map(migrations::environment).orElse(migrations).migrate(),
        Steps::describeMigrations);
  }

  private static String describeMigrations(MigrationReport report) {
    int applied = report.applied().size();
    return (applied == 0 ? "up to date" : Printable.count(applied, "migration"))
        + ", schema version "
        + report.schemaVersion();
  }

  static void seed(DataSource database) throws Exception {
    Console.step(
        "seed",
        () -> BaseSeed.load(database),
        rows -> rows == 0 ? "was there already" : Printable.count(rows, "row"));
  }

  static void feed(CruddurDb db, int limit) throws Exception {
    FeedPage page =
        Console.step(
            "feed",
            () -> db.activities().home(FeedRequest.first(limit)),
            feed -> feed.rows() + (feed.rows() == 1 ? " activity" : " activities"));
    Console.data(page.json());
  }

  /** Makes the database where it is missing. */
  static void create(MaintenanceDatabase server, Target target) throws Exception {
    Console.step(
        "create",
        () -> server.create(target.database()),
        created -> created ? "made" : "was there already");
  }
}
