package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "feed",
    description = {"Prints the home feed of the database of CONNECTION_URL as JSON."},
    mixinStandardHelpOptions = true,
    usageHelpWidth = 80,
    footerHeading = "%nExample:%n",
    footer = "  CONNECTION_URL=postgresql://user:password@host:5432/cruddur cruddur-db feed")
final class FeedCommand implements Callable<Integer> {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many activities at the most. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() throws Exception {
    try (CruddurDb db = Steps.open(Target.fromEnvironment())) {
      Steps.feed(db, limit);
    }
    return CommandLine.ExitCode.OK;
  }
}
