package com.cruddur.db.cli;

import com.cruddur.db.migrations.MigrationPlan;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.Obstacle;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "plan",
    header = "Prints the SQL that migrate would run.",
    description =
        "Changes nothing. What stands in the way of migrate goes to standard error, and the exit code"
            + " is 4 then.",
    footer = "  cruddur-db plan --env prod > pending.sql")
final class PlanCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (Database database = option.choose().open()) {
      MigrationPlan plan = Migrations.of(database.dataSource()).plan();
      json.print(json(plan), () -> plan.sql().stripTrailing().lines().toList());
      Console.say(Printable.count(plan.pending().size(), "migration") + " pending");
      plan.differences().forEach(difference -> Console.say("unknown shape: " + difference));
      for (Obstacle obstacle : plan.obstacles()) {
        Console.say("obstacle: " + ErrorText.asCommands(obstacle.toString()));
      }
      boolean free = plan.differences().isEmpty() && plan.obstacles().isEmpty();
      return free ? ExitCode.DONE : ExitCode.FOUND;
    }
  }

  private static @Nullable Object json(MigrationPlan plan) {
    return JsonOption.object(
        "state", plan.state().name(),
        "pending",
            plan.pending().stream()
                .map(
                    migration ->
                        JsonOption.object(
                            "name", migration.name(),
                            "transactional", migration.transactional(),
                            "sql", migration.sql(),
                            "history", migration.history()))
                .toList(),
        "differences", plan.differences(),
        "obstacles", plan.obstacles().stream().map(FixDataCommand::json).toList());
  }
}
