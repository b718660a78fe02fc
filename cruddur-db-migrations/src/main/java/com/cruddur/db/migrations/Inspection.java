package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.ValidateOutput;

/** Looks at a database without changing it. */
final class Inspection {

  private Inspection() {}

  static SchemaStatus status(MigrationSession session) throws SQLException {
    Sql sql = session.sql();
    SchemaState state = new Shape(sql).state();
    History history = History.of(sql);
    boolean ours = state != SchemaState.FOREIGN;
    return new SchemaStatus(
        state,
        ours ? history.version() : "none",
        ours ? history.applied() : List.of(),
        pending(session, BundledMigrations.flyway(session), state).stream()
            .map(PendingMigration::name)
            .toList(),
        EnvironmentName.stored(sql).map(EnvironmentName::value).orElse(null),
        EnvironmentName.isProtected(sql));
  }

  static MigrationPlan plan(MigrationSession session) throws SQLException {
    Sql sql = session.sql();
    SchemaState state = new Shape(sql).state();
    Flyway flyway = BundledMigrations.flyway(session);
    Refusals refusals = Refusals.of(session, flyway, state);
    return new MigrationPlan(
        state,
        pending(session, flyway, state),
        refusals.differences(),
        refusals.allowReadingRows() ? obstacles(session, flyway, state) : List.of());
  }

  static List<PendingMigration> pending(MigrationSession session, Flyway flyway, SchemaState state)
      throws SQLException {
    History history = History.of(session.sql());
    return history.isLookalike()
        ? List.of()
        : BundledMigrations.after(
            flyway,
            state == SchemaState.HAND_MADE
                ? BundledMigrations.ORIGINAL_VERSION
                : history.version());
  }

  /** Returns the data in the way of what is pending. The shape must be known. */
  static List<Obstacle> obstacles(MigrationSession session, Flyway flyway, SchemaState state)
      throws SQLException {
    return pending(session, flyway, state).isEmpty() ? List.of() : Obstacles.in(session.sql());
  }

  static boolean isNewestWithoutHistory(Sql sql, SchemaState state) throws SQLException {
    return state == SchemaState.HAND_MADE
        && new Shape(sql).relations().contains("environment")
        && SchemaDifferences.in(sql).isEmpty();
  }

  static List<String> foreign(Sql sql) throws SQLException {
    List<String> foreignRows = History.of(sql).foreignRows();
    return foreignRows.isEmpty()
        ? List.of(
            "schema public holds "
                + String.join(", ", new Shape(sql).relations())
                + ", and neither users nor activities")
        : List.of(foreignHistory(foreignRows));
  }

  static String foreignHistory(List<String> rows) {
    return "The history public.flyway_schema_history is not of these migrations: it holds "
        + rows.stream().limit(3).collect(Collectors.joining(", "))
        + (rows.size() > 3 ? " and " + (rows.size() - 3) + " more" : "")
        + ".";
  }

  static Validation validate(MigrationSession session) throws SQLException {
    Sql sql = session.sql();
    List<String> problems = new ArrayList<>();
    SchemaState state = new Shape(sql).state();
    if (state != SchemaState.MANAGED) {
      problems.add(
          switch (state) {
            case EMPTY -> "The database has no schema: run migrate().";
            case HAND_MADE ->
                isNewestWithoutHistory(sql, state)
                    ? Refusals.WITHOUT_HISTORY
                    : "The database was made by hand: run migrate(), which adopts it.";
            default ->
                History.of(sql).foreignRows().isEmpty()
                    ? "The database holds other tables: check the address that you connect to."
                    : String.join("; ", foreign(sql)) + " Check the address that you connect to.";
          });
      return new Validation(problems);
    }
    Flyway flyway = BundledMigrations.flyway(session);
    List<PendingMigration> pending = pending(session, flyway, state);
    if (!pending.isEmpty()) {
      problems.add(
          pending.size()
              + " migrations are pending, the first is "
              + pending.get(0).name()
              + ": run migrate().");
    }
    for (String script : History.of(sql).failed()) {
      problems.add(script + " was interrupted or failed: run migrate() again.");
    }
    problems.addAll(History.of(sql).gaps(flyway));
    problems.addAll(changedMigrations(flyway));
    problems.addAll(new InvalidIndexes(sql).problems());
    if (History.of(sql).isAtNewestVersion()) {
      problems.addAll(SchemaDifferences.in(sql));
    }
    if (sql.holds("pg_catalog.has_schema_privilege('public', 'public', 'CREATE')")) {
      problems.add(
          "Everybody may create objects in schema public: as its owner, REVOKE CREATE ON SCHEMA public FROM PUBLIC.");
    }
    problems.addAll(Rights.problems(sql));
    return new Validation(problems);
  }

  private static List<String> changedMigrations(Flyway flyway) {
    List<String> problems = new ArrayList<>();
    for (MigrationInfo info : flyway.info().all()) {
      if (info.getState().name().startsWith("FUTURE")) {
        problems.add(
            "V"
                + info.getVersion()
                + " was applied by a newer release of this library: use that release.");
      }
    }
    for (ValidateOutput invalid : flyway.validateWithResult().invalidMigrations) {
      if (invalid.errorDetails != null && !isPending(invalid)) {
        problems.add(
            "V"
                + invalid.version
                + " is not what was applied ("
                + FailureMessage.firstLine(invalid.errorDetails.errorMessage)
                + "): put the script back as it was released, and make the change in a new migration.");
      }
    }
    return problems;
  }

  private static boolean isPending(ValidateOutput invalid) {
    String code = invalid.errorDetails.errorCode.toString();
    return code.contains("NOT_APPLIED") || code.startsWith("FAILED");
  }
}
