package com.cruddur.db.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "kill-sessions",
    header = "Ends the other sessions of the database.",
    description =
        "Ends the sessions of programs in this database, and in no other one of the server, waits"
            + " until they are gone and says which they were. A protected database is refused.",
    footer = "  cruddur-db kill-sessions --app psql")
final class KillSessionsCommand implements Callable<Integer> {

  @Option(names = "--app", paramLabel = "NAME", description = "Only those of this program.")
  private @Nullable String program;

  @Mixin private DatabaseOption option;
  @Mixin private Protection protection;
  @Mixin private JsonOption json;

  private final List<Sessions.Session> ended = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    try (Database database = target.open()) {
      protection.require(target, database, "have its sessions ended");
      try (Connection connection = database.connect()) {
        for (Sessions.Session session : Sessions.of(connection, false)) {
          if (program == null || program.equals(session.program())) {
            end(connection, session);
          }
        }
      }
    }
    report();
    return left.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void end(Connection connection, Sessions.Session session) throws SQLException {
    try {
      if (Sessions.end(connection, session)) {
        ended.add(session);
      } else {
        left.add(session.process() + " is still there: run the command again.");
      }
    } catch (SQLException refusal) {
      if (!"42501".equals(refusal.getSQLState())) {
        throw refusal;
      }
      left.add(
          session.process()
              + " is another user's: connect as a member of that role or of pg_signal_backend.");
    }
  }

  private void report() {
    json.print(
        JsonOption.object(
            "ended", ended.stream().map(Sessions.Session::json).toList(), "left", left),
        () ->
            List.of(
                MaintenanceDatabase.ended(
                    ended.stream().map(Sessions.Session::programName).toList())));
    left.forEach(line -> Console.say("session " + line));
  }
}
