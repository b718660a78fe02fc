package com.cruddur.db.cli;

import com.cruddur.db.migrations.SchemaPage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "schema",
    header = "Prints a page that describes the tables.",
    description =
        "Prints Markdown with a diagram, columns, constraints, indexes and triggers, as they are in"
            + " the database. Of a migrated one it is the page docs/schema.md.",
    footer = "  cruddur-db schema | diff docs/schema.md -")
final class SchemaCommand implements Callable<Integer> {

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    try (Database database = option.choose().open()) {
      String page = SchemaPage.of(database.dataSource()).markdown();
      json.print(JsonOption.object("markdown", page), () -> List.of(page.stripTrailing()));
    }
    return ExitCode.DONE;
  }
}
