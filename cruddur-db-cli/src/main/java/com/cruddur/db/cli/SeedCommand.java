package com.cruddur.db.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "seed",
    header = "Inserts two users and an activity, a file, or generated rows.",
    description =
        "Inserts andrewbrown, bayko and an activity, or runs the SQL of a file in one transaction,"
            + " which the first error undoes; the message names the line. A second run changes"
            + " nothing: a file is known by its checksum, generated rows by their numbers. A protected"
            + " database is refused.",
    footer = {
      "  cruddur-db seed",
      "  cruddur-db seed db/seed.sql",
      "  cruddur-db seed --activities 1000000 --users 5000"
    })
final class SeedCommand implements Callable<Integer> {

  private static final int MOST = 100_000_000;

  @Option(
      names = "--activities",
      paramLabel = "N",
      description = "Generate so many activities, and the users who post them.")
  private @Nullable Integer activities;

  @Option(
      names = "--users",
      paramLabel = "M",
      defaultValue = "100",
      description = "Generate so many users. Default: ${DEFAULT-VALUE}")
  private int users;

  @Option(
      names = "--random-seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same number gives the same rows. Default: ${DEFAULT-VALUE}")
  private long number;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "SQL, in UTF-8.")
  private @Nullable Path file;

  @Mixin private DatabaseOption option;
  @Mixin private Protection protection;

  @Override
  public Integer call() throws Exception {
    requireOneSource();
    SeedFile seed = file == null ? null : SeedFile.read(file);
    Target target = option.choose();
    try (Database database = target.open()) {
      protection.require(target, database, "be seeded");
      if (seed != null && !OriginalSeed.is(seed.statements())) {
        load(database, seed);
      } else if (activities != null) {
        generate(target, database, new GeneratedSeed(activities, users, number));
      } else {
        Steps.seed(database.dataSource());
      }
    }
    return ExitCode.DONE;
  }

  private static void load(Database database, SeedFile seed) throws Exception {
    try (Connection connection = database.connect()) {
      Console.step("seed", () -> seed.load(connection), report -> report);
    }
  }

  private void requireOneSource() {
    if (file != null && activities != null) {
      throw new WrongUsageException("A file and --activities are two seeds: load one at a time.");
    }
    if (activities != null && (activities < 0 || activities > MOST)) {
      throw new WrongUsageException("--activities is 0 to " + MOST + ", not " + activities);
    }
    if (users < 1 || users > 1_000_000) {
      throw new WrongUsageException("--users is 1 to 1000000, not " + users);
    }
  }

  private static void generate(Target target, Database database, GeneratedSeed seed)
      throws Exception {
    int process = database.process();
    Console.step(
        "seed",
        () -> CopyProgress.during(target, process, seed.activities(), () -> seed.load(database)),
        report -> report);
  }
}
