package com.cruddur.db.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "setup",
    header = "Creates, migrates and seeds the database.",
    description =
        "Creates the database if it is missing, applies the migrations and loads the seed, and stops"
            + " at the first error. With --drop it is dropped first. A protected database is refused"
            + " before anything is done.",
    footer = "  cruddur-db setup --drop")
final class SetupCommand implements Callable<Integer> {

  @Option(names = "--drop", description = "Drop the database first, and end its sessions.")
  private boolean drop;

  @Mixin private DatabaseOption option;
  @Mixin private Protection protection;

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    try (MaintenanceDatabase server = MaintenanceDatabase.of(target)) {
      prepare(server, target);
      Steps.create(server, target);
    }
    try (Database database = target.open()) {
      Steps.migrate(database.dataSource(), target.environment());
      protection.require(target, database, "be seeded");
      Steps.seed(database.dataSource());
    }
    return ExitCode.DONE;
  }

  private void prepare(MaintenanceDatabase server, Target target) throws Exception {
    if (!server.has(target.database())) {
      protection.requireForNew(target, server.database(), "be seeded");
    } else if (drop) {
      DropCommand.drop(server, target, protection);
    } else {
      try (Database database = target.open()) {
        protection.require(target, database, "be seeded");
      }
    }
  }
}
