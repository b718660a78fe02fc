package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "feed",
    header = "Prints the home feed as JSON.",
    description = "Prints the newest activities, as PostgreSQL writes them.",
    footer = "  cruddur-db feed --limit 5 | python3 -m json.tool")
final class FeedCommand implements Callable<Integer> {

  @Mixin private DatabaseOption database;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many activities at the most, 1 to 100. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > FeedRequest.MAX_LIMIT) {
      throw new WrongUsageException("--limit is 1 to " + FeedRequest.MAX_LIMIT + ", not " + limit);
    }
    try (CruddurDb db = Steps.open(database.choose().url())) {
      Steps.feed(db, limit);
    }
    return ExitCode.DONE;
  }
}
