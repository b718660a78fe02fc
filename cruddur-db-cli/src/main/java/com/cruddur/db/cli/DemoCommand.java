package com.cruddur.db.cli;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.LocalPostgres;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    header = "Shows the home feed of a database made for the occasion.",
    description =
        "Starts a PostgreSQL of its own, migrates and seeds it, and prints the home feed as JSON."
            + " Nothing stays behind, and no other database is touched: CONNECTION_URL is not read.",
    footer = "  cruddur-db demo | python3 -m json.tool")
final class DemoCommand implements Callable<Integer> {

  private static final int LIMIT = 20;

  @Override
  public Integer call() throws Exception {
    try (LocalPostgres server =
            Console.step(
                "start server",
                LocalPostgres::start,
                started -> "PostgreSQL " + started.version() + " on 127.0.0.1:" + started.port());
        CruddurDb db = Console.step("connect", () -> Steps.open(server.url()), opened -> "")) {
      Steps.migrate(db.dataSource(), Optional.empty());
      Steps.seed(db.dataSource());
      Steps.feed(db, LIMIT);
    }
    return ExitCode.DONE;
  }
}
