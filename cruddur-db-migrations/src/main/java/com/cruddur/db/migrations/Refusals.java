package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;

/**
 * Why migrate() would stop half-way, or must not begin, apart from data that a fix resolves. All of
 * it is looked for before anything is changed, and told together.
 */
final class Refusals {

  static final String WITHOUT_HISTORY =
      "The schema is the newest one, but its history is missing."
          + " Make another database, run migrate() in it, and copy the history from there:"
          + " pg_dump --table=public.flyway_schema_history OTHER | psql THIS.";

  private static final String READ_ONLY =
      """
      SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'the server is a standby'
        ELSE 'default_transaction_read_only is on' END
      WHERE pg_catalog.current_setting('transaction_read_only') = 'on'""";

  private final Sql sql;
  private final SchemaState state;
  private final List<String> differences = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();
  private boolean rowsCanBeRead;

  private Refusals(Sql sql, SchemaState state) {
    this.sql = sql;
    this.state = state;
  }

  static Refusals of(MigrationSession session, Flyway flyway, SchemaState state)
      throws SQLException {
    Refusals refusals = ofShape(session.sql(), state);
    if (refusals.rowsCanBeRead) {
      refusals.lookAtWhatIsPending(flyway, Inspection.pending(session, flyway, state));
    }
    return refusals;
  }

  /** Looks at the tables alone, not at what is pending. */
  static Refusals ofShape(Sql sql, SchemaState state) throws SQLException {
    Refusals refusals = new Refusals(sql, state);
    refusals.lookAtShape();
    return refusals;
  }

  /** Says what differs, one phrase each. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  /** Returns whether the columns are known, and may be read, so that rows can be looked at. */
  boolean allowReadingRows() {
    return rowsCanBeRead;
  }

  /** Throws if there is anything, and tells data in the way with it. */
  void refuse(List<Obstacle> obstacles) {
    if (sentences.isEmpty()) {
      return;
    }
    String data =
        obstacles.isEmpty()
            ? ""
            : " There is also data that the newest schema does not allow: "
                + obstacles.stream().map(Obstacle::toString).collect(Collectors.joining("; "))
                + ".";
    throw new MigrationException(
        String.join(" ", sentences)
            + data
            + " Nothing was changed. Resolve this, and run migrate() again.");
  }

  private void lookAtShape() throws SQLException {
    add(
        "No transaction here may write: ",
        sql.texts(READ_ONLY),
        "Connect to the primary, or take back default_transaction_read_only (of the database, the role"
            + " or the connection).");
    List<String> foreignRows = History.of(sql).foreignRows();
    if (!foreignRows.isEmpty()) {
      String history = Inspection.foreignHistory(foreignRows);
      differences.add(history);
      sentences.add(
          history
              + " Connect to another database; or, if the tables users and activities are Cruddur's, move"
              + " that history away (ALTER TABLE public.flyway_schema_history SET SCHEMA another).");
    } else if (Inspection.isNewestWithoutHistory(sql, state)) {
      differences.add(WITHOUT_HISTORY);
      sentences.add(WITHOUT_HISTORY);
    } else if (state == SchemaState.FOREIGN) {
      refuseShape(Inspection.foreign(sql));
    } else {
      rowsCanBeRead = true;
      lookAtTables();
    }
  }

  /** Whoever recorded the original schema may not have looked at it. */
  private void lookAtTables() throws SQLException {
    int reached = History.of(sql).reached();
    String original = BundledMigrations.ORIGINAL_VERSION;
    if (state == SchemaState.HAND_MADE || String.valueOf(reached).equals(original)) {
      Shape shape = new Shape(sql);
      rowsCanBeRead = shape.differencesOfColumns().isEmpty();
      refuseShape(shape.differences());
    } else if (state == SchemaState.MANAGED && reached < Dependents.NOTHING_IS_CHANGED_AFTER) {
      add(
          "Objects depend on columns that the pending migrations change: ",
          Dependents.in(sql),
          "Drop them, and make them again afterwards.");
    }
  }

  private void refuseShape(List<String> found) {
    add(
        "This database was not made by these migrations, and has not the shape of Cruddur's original schema: ",
        found,
        "Bring it to that shape (what depends on the tables can be dropped, and made again afterwards),"
            + " or connect to another database.");
  }

  private void lookAtWhatIsPending(Flyway flyway, List<PendingMigration> pending)
      throws SQLException {
    List<String> gaps = History.of(sql).gaps(flyway);
    differences.addAll(gaps);
    if (!gaps.isEmpty()) {
      sentences.add(
          "Rows of the history were deleted. "
              + String.join(" ", gaps)
              + " Put them back, in this order, if validate() finds the schema complete.");
    }
    add(
        "Objects in schema public have names that the pending migrations give: ",
        TakenNames.of(sql, pending),
        "Rename them or move them to another schema.");
    add("Rights are missing: ", MissingRights.of(sql, pending), "Grant them.");
    rowsCanBeRead = MissingRights.allowReading(sql);
    if (rowsCanBeRead) {
      add(
          "Some values are too long for the indexes of the newest schema: ",
          LongValues.in(sql, pending),
          "");
    }
  }

  private void add(String heading, List<String> found, String remedy) {
    if (!found.isEmpty()) {
      differences.addAll(found);
      sentences.add((heading + String.join("; ", found) + ". " + remedy).strip());
    }
  }
}
