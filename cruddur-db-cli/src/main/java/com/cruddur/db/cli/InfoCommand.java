package com.cruddur.db.cli;

import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.SchemaStatus;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "info",
    header = "Shows schema version, environment and protection.",
    description = "Shows the state of the database. Changes nothing.",
    footer = "  cruddur-db info --json")
final class InfoCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    Target target = option.choose();
    try (Database database = target.open()) {
      SchemaStatus status = Migrations.of(database.dataSource()).info();
      boolean isProtected = Protection.holds(target, status);
      json.print(
          JsonOption.object(
              "database", target.database(),
              "state", status.state().name(),
              "schema_version", status.schemaVersion(),
              "applied", status.applied(),
              "pending", status.pending(),
              "environment", status.environment(),
              "protected", isProtected),
          () -> lines(status, isProtected));
    }
    return ExitCode.DONE;
  }

  private static List<String> lines(SchemaStatus status, boolean isProtected) {
    String pending = status.pending().isEmpty() ? "none" : String.join(", ", status.pending());
    return List.of(
        "state           " + status.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        "schema version  " + status.schemaVersion(),
        "applied         " + Printable.count(status.applied().size(), "migration"),
        "pending         " + pending,
        "environment     " + Objects.requireNonNullElse(status.environment(), "(no name)"),
        "protected       " + (isProtected ? "yes" : "no"));
  }
}
