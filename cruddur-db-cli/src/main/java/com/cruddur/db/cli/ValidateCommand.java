package com.cruddur.db.cli;

import com.cruddur.db.migrations.Migrations;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "validate",
    header = "Checks history, indexes and rights of the schema.",
    description =
        "Prints what is wrong and what to do, a line each; the exit code is 4 then. Changes nothing.",
    footer = "  cruddur-db validate --env prod && deploy")
final class ValidateCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (Database database = option.choose().open()) {
      List<String> problems =
          Migrations.of(database.dataSource()).validate().problems().stream()
              .map(ErrorText::asCommands)
              .toList();
      json.print(
          JsonOption.object("valid", problems.isEmpty(), "problems", problems), () -> problems);
      Console.say(problems.isEmpty() ? "valid" : Printable.count(problems.size(), "problem"));
      return problems.isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
    }
  }
}
