package com.cruddur.db.cli;

import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sessions",
    header = "Shows who is connected.",
    description =
        "Shows the sessions of programs in this database, our own left out: how long they have been"
            + " in their state, and what they wait for. Times are UTC.",
    footer = "  cruddur-db sessions --all")
final class SessionsCommand implements Callable<Integer> {

  @Option(names = "--all", description = "Show those of all databases of the server.")
  private boolean all;

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (Database database = option.choose().open();
        Connection connection = database.connect()) {
      List<Sessions.Session> sessions = Sessions.of(connection, all);
      json.print(
          sessions.stream().map(Sessions.Session::json).toList(),
          () -> Sessions.table(sessions).lines(Terminal.width()));
    }
    return ExitCode.DONE;
  }
}
