package com.cruddur.db.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "drop",
    header = "Drops the database, and ends its sessions.",
    description =
        "Drops the database that the URL names, connected to the database postgres of the same"
            + " server, and says how many sessions of which programs it ended. A protected database"
            + " is refused.",
    footer = "  cruddur-db drop")
final class DropCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private Protection protection;

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    try (MaintenanceDatabase server = MaintenanceDatabase.of(target)) {
      if (!server.has(target.database())) {
        throw new IllegalStateException(
            "There is no database "
                + Printable.of(target.database())
                + " on "
                + target.hosts()
                + ". Nothing was dropped.");
      }
      drop(server, target, protection);
    }
    return ExitCode.DONE;
  }

  static void drop(MaintenanceDatabase server, Target target, Protection protection)
      throws Exception {
    MaintenanceDatabase.requireDroppable(target.database());
    int ownProcess;
    try (Database database = target.open()) {
      protection.require(target, database, "be dropped");
      ownProcess = database.process();
    }
    Console.step("drop", () -> server.drop(target.database(), ownProcess), ended -> ended);
  }
}
