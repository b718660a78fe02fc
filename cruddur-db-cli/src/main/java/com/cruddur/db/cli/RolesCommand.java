package com.cruddur.db.cli;

import com.cruddur.db.migrations.Migrations;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "roles",
    header = "Creates the roles, and their rights in the database.",
    description =
        "Creates cruddur_owner, cruddur_app and cruddur_readonly on the server where they are"
            + " missing, without a login, and gives them their rights. Prints what it did.",
    footer = "  cruddur-db roles --env prod")
final class RolesCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (Database database = option.choose().open()) {
      List<String> made = Migrations.of(database.dataSource()).roles();
      json.print(made, () -> made);
      if (made.isEmpty()) {
        Console.say("the roles were there already");
      }
    }
    return ExitCode.DONE;
  }
}
