package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Repairs of data that stands in the way of the newest schema. Nothing is fixed unasked: {@link
 * Migrations#migrate()} and {@link Migrations#plan()} list the {@linkplain Obstacle obstacles}, and
 * each names the call that resolves it.
 *
 * <p>A fix is one transaction, during which others can read but not write. Its report holds every
 * changed row, before and after: keep it, because nothing else tells what was there. Where there is
 * nothing to fix, it changes nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Fixes {

  private final DataSource dataSource;

  Fixes(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Applies one fix, as its own method does.
   *
   * @param fix which
   * @return what it changed
   * @throws MigrationException if the database cannot be reached, has no such tables, or refuses a
   *     change; nothing is changed then
   */
  public FixReport apply(Fix fix) {
    try (MigrationSession session = MigrationSession.open(dataSource)) {
      session.lock(Migrations.PATIENCE);
      new Patience(session, Migrations.PATIENCE).untilRead(() -> requireTables(session));
      List<FixReport.Change> changes = new ArrayList<>();
      List<FixReport.MergedUser> merged = new ArrayList<>();
      new Patience(session, Migrations.PATIENCE)
          .untilLocked(
              () -> {
                changes.clear();
                merged.clear();
                session.inTransaction(() -> new FixScript(session.sql(), changes, merged).run(fix));
              });
      return new FixReport(fix, changes, merged);
    } catch (SQLException failure) {
      throw new MigrationException(
          FailureMessage.of(fix + " changed nothing", failure), FailureMessage.cause(failure));
    }
  }

  private static SchemaState requireTables(MigrationSession session) throws SQLException {
    Shape shape = new Shape(session.sql());
    List<String> relations = shape.relations();
    if (!relations.contains("users") || !relations.contains("activities")) {
      throw new MigrationException(
          "There is nothing to fix: the tables users and activities do not exist. Run migrate().");
    }
    SchemaState state = shape.state();
    Refusals.ofShape(session.sql(), state).refuse(List.of());
    return state;
  }

  /**
   * Merges the users of one Cognito id into the oldest, who gets the activities of all, and the
   * handle, name, e-mail address and bio of the next where it has none. The others are deleted.
   * {@code MOCK}, written so, is the placeholder of many users: they stay. {@code mock} is an id
   * like any other.
   *
   * @return what it changed, with every {@linkplain FixReport#merged() merged user}
   * @throws MigrationException if a table other than activities has a foreign key to users, whose
   *     rows a deletion could take along; nothing is changed then
   */
  public FixReport mergeUsers() {
    return apply(Fix.MERGE_USERS);
  }

  /**
   * Fills what is missing: a handle with {@code user-} and the first 8 digits of the uuid, a
   * display name with the handle, a Cognito id with {@code MOCK}.
   *
   * @return what it changed
   */
  public FixReport fillValues() {
    return apply(Fix.FILL_VALUES);
  }

  /**
   * Renames each user who has the handle of an older one, in the same or another case: a hyphen and
   * the first 8 digits of the uuid follow the handle.
   *
   * @return what it changed
   */
  public FixReport renameHandles() {
    return apply(Fix.RENAME_HANDLES);
  }

  /**
   * Sets missing and negative counters to 0, and each replies_count to the number of replies,
   * unless the database still holds reply ids as integers, which cannot be counted. Once such a
   * database is adopted, no reply names its activity any more, and the counts become 0.
   *
   * @return what it changed
   */
  public FixReport recount() {
    return apply(Fix.RECOUNT);
  }

  /**
   * Gives the activities whose user is gone to a placeholder user, {@code deleted-user}, whose uuid
   * is all zeros, or all {@code f} where a real user has the zeros.
   *
   * @return what it changed
   */
  public FixReport adoptOrphans() {
    return apply(Fix.ADOPT_ORPHANS);
  }

  /**
   * Clears every reply id that is an integer, or names the activity itself or one that is gone.
   * Where replies go round in a circle, that of the oldest activity in it is cleared. The activity
   * stays, as a post of its own.
   *
   * @return what it changed
   */
  public FixReport clearReplyIds() {
    return apply(Fix.CLEAR_REPLY_IDS);
  }
}
