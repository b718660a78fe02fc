package com.cruddur.db.cli;

import com.cruddur.db.migrations.Fix;
import com.cruddur.db.migrations.FixReport;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.Obstacle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fix-data",
    header = "Repairs data that the newest schema does not allow.",
    description =
        "Without a name it lists what stands in the way of migrate, and changes nothing. Each fix is"
            + " one transaction; docs/migrations.md says what they do. Every changed row, as it was and as it"
            + " is, goes to a file, or with --json to the output: nothing else tells what was there.",
    footer = {"  cruddur-db fix-data", "  cruddur-db fix-data merge-users rename-handles"})
final class FixDataCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..*",
      paramLabel = "FIX",
      completionCandidates = Names.class,
      description = "${COMPLETION-CANDIDATES}")
  private @Nullable List<String> names;

  @Option(names = "--all", description = "Apply all of them, in their order.")
  private boolean all;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "A new file for every changed row (personal data). Default: fix-data-TIME.json in this directory.")
  private @Nullable Path report;

  @Mixin private DatabaseOption option;
  @Mixin private Protection protection;
  @Mixin private JsonOption json;

  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Fix.values()).map(FixDataCommand::name).iterator();
    }
  }

  static String name(Fix fix) {
    return fix.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Integer call() throws Exception {
    Set<Fix> fixes = fixes();
    Target target = option.choose();
    try (Database database = target.open()) {
      if (fixes.isEmpty()) {
        return list(Migrations.of(database.dataSource()).plan().obstacles());
      }
      protection.require(target, database, "have its data changed");
      apply(fixes, Migrations.of(database.dataSource()));
    }
    return ExitCode.DONE;
  }

  private Set<Fix> fixes() {
    Set<Fix> fixes = all ? EnumSet.allOf(Fix.class) : EnumSet.noneOf(Fix.class);
    for (String name : names == null ? List.<String>of() : names) {
      fixes.add(
          Arrays.stream(Fix.values())
              .filter(fix -> name(fix).equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return fixes;
  }

  private static WrongUsageException unknown(String name) {
    return new WrongUsageException(
        "There is no fix '"
            + Printable.withoutUrl(name)
            + "', only "
            + String.join(", ", new Names())
            + ".");
  }

  private int list(List<Obstacle> obstacles) {
    json.print(
        obstacles.stream().map(FixDataCommand::json).toList(),
        () ->
            obstacles.stream().map(obstacle -> ErrorText.asCommands(obstacle.toString())).toList());
    if (obstacles.isEmpty()) {
      Console.say("nothing stands in the way of the newest schema");
    }
    return obstacles.isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
  }

  static Map<String, Object> json(Obstacle obstacle) {
    return JsonOption.object(
        "description", obstacle.description(),
        "count", obstacle.count(),
        "examples", obstacle.examples().stream().map(UUID::toString).toList(),
        "fix", name(obstacle.fix()));
  }

  private void apply(Set<Fix> fixes, Migrations migrations) throws IOException {
    if (json.isWanted() && report == null) {
      applyAndPrint(fixes, migrations, null);
    } else {
      try (FixReportFile file = FixReportFile.create(report)) {
        applyAndPrint(fixes, migrations, file);
      }
    }
  }

  /** What was done is told also where a later fix fails. */
  private void applyAndPrint(Set<Fix> fixes, Migrations migrations, @Nullable FixReportFile file)
      throws IOException {
    List<Object> reports = new ArrayList<>();
    try {
      for (Fix fix : fixes) {
        FixReport done = migrations.fixes().apply(fix);
        if (file != null) {
          file.write(done);
        }
        if (json.isWanted()) {
          reports.add(json(done));
        } else {
          Console.data(Console.utf8(done.toString().replace(fix.toString(), name(fix))));
        }
      }
    } finally {
      json.print(reports, List::of);
    }
  }

  static Map<String, Object> json(FixReport report) {
    return JsonOption.object(
        "fix",
        name(report.fix()),
        "changes",
        report.changes().stream()
            .map(
                change ->
                    JsonOption.object(
                        "description", change.description(),
                        "rows", change.rows(),
                        "examples", change.examples().stream().map(UUID::toString).toList(),
                        "table", change.table(),
                        "changed", change.changed().stream().map(FixDataCommand::json).toList()))
            .toList());
  }

  private static Map<String, Object> json(FixReport.ChangedRow row) {
    return JsonOption.object(
        "uuid", row.uuid().toString(), "before", ready(row.before()), "after", ready(row.after()));
  }

  private static Json.@Nullable Ready ready(@Nullable String json) {
    return json == null ? null : new Json.Ready(json);
  }
}
