package com.cruddur.db.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "seed",
    header = "Inserts two users and an activity, or loads a file.",
    description =
        "Inserts andrewbrown, bayko and an activity, or runs the SQL of a file in one transaction,"
            + " which the first error undoes; the message names the line. A second run changes"
            + " nothing: a file is known by its checksum. A protected database is refused.",
    footer = {"  cruddur-db seed", "  cruddur-db seed db/seed.sql"})
final class SeedCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "SQL, in UTF-8.")
  private @Nullable Path file;

  @Mixin private DatabaseOption option;
  @Mixin private Protection protection;

  @Override
  public Integer call() throws Exception {
    SeedFile seed = file == null ? null : SeedFile.read(file);
    Target target = option.choose();
    try (Database database = target.open()) {
      protection.require(target, database, "be seeded");
      if (seed == null) {
        Steps.seed(database.dataSource());
      } else {
        load(database, seed);
      }
    }
    return ExitCode.DONE;
  }

  private static void load(Database database, SeedFile seed) throws Exception {
    try (Connection connection = database.connect()) {
      Console.step("seed", () -> seed.load(connection), report -> report);
    }
  }
}
