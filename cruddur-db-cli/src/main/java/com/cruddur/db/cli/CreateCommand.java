package com.cruddur.db.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "create",
    header = "Creates the database.",
    description =
        "Creates the database that the URL names, empty and in UTF-8, connected to the database"
            + " postgres of the same server. One that is there already is left as it is.",
    footer = "  CONNECTION_URL=postgresql://me:secret@localhost/cruddur cruddur-db create")
final class CreateCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    try (MaintenanceDatabase server = MaintenanceDatabase.of(target)) {
      Steps.create(server, target);
    }
    return ExitCode.DONE;
  }
}
