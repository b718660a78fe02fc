package com.cruddur.db.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "connect",
    header = "Starts psql on the database.",
    description =
        "psql gets address and password in its environment, and nothing of them on its command line."
            + " What follows -- goes to psql. The exit code is psql's.",
    footer = {"  cruddur-db connect --env prod", "  cruddur-db connect -- -c 'SELECT 1'"})
final class ConnectCommand implements Callable<Integer> {

  private static final String HOW_TO_GET_PSQL =
      "psql is not installed, or not on PATH. Debian and Ubuntu: apt install postgresql-client;"
          + " Fedora: dnf install postgresql; macOS: brew install libpq && brew link --force libpq.";

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For psql, after --.")
  private @Nullable List<String> arguments;

  @Mixin private DatabaseOption option;

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    List<String> command = new ArrayList<>(List.of("psql"));
    command.addAll(arguments == null ? List.of() : arguments);
    try (PsqlEnvironment environment = PsqlEnvironment.of(target.url())) {
      return run(environment, command);
    }
  }

  private static int run(PsqlEnvironment environment, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    environment.applyTo(builder.environment());
    // Ctrl-C is for psql, which ends a query by it.
    Interrupts.ignore();
    return start(builder).waitFor();
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new IllegalStateException(HOW_TO_GET_PSQL, missing);
    }
  }
}
