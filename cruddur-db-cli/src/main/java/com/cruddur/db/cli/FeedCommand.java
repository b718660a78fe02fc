package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "feed",
    header = "Prints the home feed as JSON.",
    description =
        "Prints the newest activities of the database of CONNECTION_URL, as PostgreSQL "
            + "writes them.",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 80,
    footerHeading = "%nExample:%n",
    footer = "  CONNECTION_URL=postgresql://user:password@host:5432/cruddur cruddur-db feed")
final class FeedCommand implements Callable<Integer> {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many activities at the most, 1 to 100. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > FeedRequest.MAX_LIMIT) {
      throw new ParameterException(
          spec.commandLine(), "--limit is 1 to " + FeedRequest.MAX_LIMIT + ", not " + limit);
    }
    try (CruddurDb db = Steps.open(Target.fromEnvironment())) {
      Steps.feed(db, limit);
    }
    return CommandLine.ExitCode.OK;
  }
}
