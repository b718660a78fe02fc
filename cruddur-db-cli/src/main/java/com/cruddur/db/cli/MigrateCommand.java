package com.cruddur.db.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    header = "Applies the migrations that are pending.",
    description =
        "Makes the schema, or brings an existing one up to date. A database that is up to date is"
            + " left as it is. With --env the name of the environment is stored, and a database of"
            + " another environment is refused.",
    footer = "  cruddur-db migrate --env prod")
final class MigrateCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    try (Database database = target.open()) {
      Steps.migrate(database.dataSource(), target.environment());
    }
    return ExitCode.DONE;
  }
}
