package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.migrations.MigrationReport;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.BaseSeed;
import java.time.Duration;

/** What several commands do, each step with a line on standard error. */
final class Steps {

  private static final PoolSettings ONE_CONNECTION = PoolSettings.builder().maximumSize(1).build();

  // Building an index on a large table takes as long as it takes.
  private static final PoolSettings PATIENT =
      PoolSettings.builder().maximumSize(1).socketTimeout(Duration.ofDays(1)).build();

  private Steps() {}

  static CruddurDb open(ConnectionUrl url) {
    return CruddurDb.builder().url(url).pool(ONE_CONNECTION).build();
  }

  static CruddurDb openToMigrate(ConnectionUrl url) {
    return CruddurDb.builder().url(url).pool(PATIENT).build();
  }

  static void migrate(CruddurDb db) throws Exception {
    Console.step(
        "migrate", () -> Migrations.of(db.dataSource()).migrate(), Steps::describeMigrations);
  }

  private static String describeMigrations(MigrationReport report) {
    int applied = report.applied().size();
    return (applied == 0 ? "up to date" : applied + (applied == 1 ? " migration" : " migrations"))
        + ", schema version "
        + report.schemaVersion();
  }

  static void seed(CruddurDb db) throws Exception {
    Console.step(
        "seed",
        () -> BaseSeed.load(db.dataSource()),
        rows -> rows == 0 ? "was there already" : rows + (rows == 1 ? " row" : " rows"));
  }

  static void feed(CruddurDb db, int limit) throws Exception {
    FeedPage page =
        Console.step(
            "feed",
            () -> db.activities().home(FeedRequest.first(limit)),
            feed -> feed.rows() + (feed.rows() == 1 ? " activity" : " activities"));
    Console.data(page.json());
  }
}
