package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "migrate",
    header = "Applies the migrations that are pending.",
    description =
        "Makes the schema in the database of CONNECTION_URL, or brings an existing one "
            + "up to date. A database that is up to date is left as it is.",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 80,
    footerHeading = "%nExample:%n",
    footer = "  CONNECTION_URL=postgresql://user:password@host:5432/cruddur cruddur-db migrate")
final class MigrateCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    try (CruddurDb db = Steps.openToMigrate(Target.fromEnvironment())) {
      Steps.migrate(db);
    }
    return CommandLine.ExitCode.OK;
  }
}
