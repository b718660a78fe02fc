package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "seed",
    header = "Inserts two users and an activity.",
    description =
        "Inserts andrewbrown, bayko and an activity into the database of "
            + "CONNECTION_URL. A second run changes nothing.",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 80,
    footerHeading = "%nExample:%n",
    footer = "  CONNECTION_URL=postgresql://user:password@host:5432/cruddur cruddur-db seed")
final class SeedCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    try (CruddurDb db = Steps.open(Target.fromEnvironment())) {
      Steps.seed(db);
    }
    return CommandLine.ExitCode.OK;
  }
}
