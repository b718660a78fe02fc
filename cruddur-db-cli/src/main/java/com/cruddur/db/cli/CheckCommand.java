package com.cruddur.db.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    header = "Finds out why the database cannot be used.",
    description =
        "Walks name resolution, TCP, TLS, login, database, version, rights, schema and clock, and"
            + " says of each how long it took and what to do. The exit code is 4 if something is"
            + " wrong. Changes nothing.",
    footer = "  cruddur-db check --env prod")
final class CheckCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    Checks checks = new Checks(option.choose());
    checks.run();
    json.print(
        checks.found().stream().map(Checks.Found::json).toList(),
        () -> checks.found().stream().flatMap(found -> found.lines().stream()).toList());
    return checks.areWell() ? ExitCode.DONE : ExitCode.FOUND;
  }
}
