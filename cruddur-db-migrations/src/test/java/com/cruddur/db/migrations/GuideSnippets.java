package com.cruddur.db.migrations;

import java.io.PrintStream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The examples of docs/migrations.md, compiled and run. */
final class GuideSnippets {

  private GuideSnippets() {}

  static MigrationReport migrate(DataSource dataSource) {
    // @start region="migrate"
    MigrationReport report = Migrations.of(dataSource).environment("prod").migrate();
    // @end
    return report;
  }

  static final class Job {
    // @start region="job"
    public static void main(String[] arguments) {
      // Or any other data source, without a pooler between.
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setUrl(System.getenv("JDBC_URL")); // jdbc:postgresql://host:5432/cruddur
      dataSource.setUser(System.getenv("DB_USER"));
      dataSource.setPassword(System.getenv("DB_PASSWORD"));
      Migrations migrations = Migrations.of(dataSource).environment("prod");
      System.out.println(migrations.migrate());
      Validation validation = migrations.validate();
      if (!validation.isValid()) {
        throw new IllegalStateException(String.join("\n", validation.problems()));
      }
    }
    // @end
  }

  static void plan(DataSource dataSource) {
    // @start region="plan"
    MigrationPlan plan = Migrations.of(dataSource).plan();
    System.out.println(plan.differences()); // the shape, taken names, values that are too long
    System.out.println(plan.obstacles()); // data to fix, each with the call
    System.out.println(plan.sql()); // what would run
    // @end
  }

  static void fix(DataSource dataSource, PrintStream file) {
    // @start region="fix"
    FixReport report = Migrations.of(dataSource).fixes().mergeUsers();
    System.out.println(report); // the counts
    for (FixReport.Change change : report.changes()) {
      change.changed().forEach(row -> file.println(row.uuid() + " " + row.before())); // keep it
    }
    // @end
  }
}
