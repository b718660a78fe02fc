package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the migrations: everything that can refuse comes before the first change. */
final class MigrationRun {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private final MigrationSession session;
  private final Sql sql;
  private final @Nullable EnvironmentName environment;
  private final Patience patience;
  private final Flyway flyway;

  MigrationRun(MigrationSession session, @Nullable EnvironmentName environment, Duration patience) {
    this.session = session;
    this.sql = session.sql();
    this.environment = environment;
    this.patience = new Patience(session, patience);
    this.flyway = BundledMigrations.flyway(session);
  }

  MigrationReport run() throws SQLException {
    SchemaState state = patience.untilRead(this::stateThatIsFitToMigrate);
    List<String> appliedBefore = patience.untilRead(this::appliedBefore);
    if (state == SchemaState.HAND_MADE) {
      adopt();
    }
    applyPending();
    rebuildInvalidIndexes();
    return patience.untilRead(() -> finished(state, appliedBefore));
  }

  private SchemaState stateThatIsFitToMigrate() throws SQLException {
    if (environment != null) {
      environment.requireIn(sql);
    }
    SchemaState state = new Shape(sql).state();
    requireOwner();
    Refusals refusals = Refusals.of(session, flyway, state);
    List<Obstacle> obstacles =
        refusals.allowReadingRows() ? Inspection.obstacles(session, flyway, state) : List.of();
    refusals.refuse(obstacles);
    refuse(obstacles);
    return state;
  }

  private List<String> appliedBefore() throws SQLException {
    History before = History.of(sql);
    before.forgetFailures();
    return before.applied();
  }

  private MigrationReport finished(SchemaState state, List<String> appliedBefore)
      throws SQLException {
    if (environment != null) {
      environment.store(sql);
    }
    History after = History.of(sql);
    List<String> applied = after.applied();
    return new MigrationReport(
        applied.subList(appliedBefore.size(), applied.size()),
        after.version(),
        state == SchemaState.HAND_MADE);
  }

  /** On PostgreSQL 14 anybody could begin, and would fail in the middle. */
  private void requireOwner() throws SQLException {
    Optional<String> tables =
        sql.first(
            """
            SELECT pg_catalog.format('Table %s belongs to %s, and you are connected as %s', relname,
              pg_catalog.pg_get_userbyid(relowner), current_user)
            FROM pg_catalog.pg_class
            WHERE relnamespace = 'public'::regnamespace AND relname IN ('users', 'activities')
              AND NOT pg_catalog.pg_has_role(relowner, 'USAGE')
            ORDER BY relname DESC LIMIT 1""",
            row -> row.getString(1));
    if (tables.isPresent()) {
      throw new MigrationException(
          tables.get()
              + ", who may not change it. Nothing was changed. Connect as the owner, or as a member of"
              + " cruddur_owner once that owns the tables, and run migrate() again.");
    }
  }

  private static void refuse(List<Obstacle> obstacles) {
    if (!obstacles.isEmpty()) {
      throw new ObstaclesException(
          "migrate() changed nothing, because there is data that the newest schema does not allow."
              + " Make these calls in this order, then run it again:",
          obstacles);
    }
  }

  private void adopt() throws SQLException {
    LOG.info("Adopting a database that was made by hand");
    patience.untilRead(this::warnOfCounters).ifPresent(LOG::warn);
    BundledMigrations.baseline(session);
  }

  /** The schema does not forbid a wrong counter, so it is no obstacle. */
  private Optional<String> warnOfCounters() throws SQLException {
    return new Shape(sql).repliesAreUuids()
        ? counted(
            FixScript.WRONG_REPLY_COUNTS,
            " activities have a replies_count that is not the number of their replies. To put them right: ")
        : counted(
            "SELECT FROM public.activities WHERE replies_count <> 0",
            " activities have a replies_count that cannot be checked, because no reply of this database"
                + " names its activity: reply ids were integers. They stay as they are, and new replies are"
                + " added to them. To set them to 0, after the migrations: ");
  }

  private Optional<String> counted(String rows, String meaning) throws SQLException {
    return sql.first("SELECT count(*) FROM (" + rows + ") AS counted", row -> row.getLong(1))
        .filter(count -> count > 0)
        .map(count -> count + meaning + Fix.RECOUNT.call());
  }

  private void applyPending() throws SQLException {
    try {
      patience.untilLocked(flyway::migrate);
    } catch (FlywayException failure) {
      try {
        throw explained(failure);
      } catch (SQLException lost) {
        failure.addSuppressed(lost);
        throw failure;
      }
    }
  }

  private void rebuildInvalidIndexes() throws SQLException {
    try {
      new InvalidIndexes(sql).rebuild(patience);
    } catch (SQLException failure) {
      List<Obstacle> obstacles = obstaclesAfter(failure);
      if (obstacles.isEmpty()) {
        throw failure;
      }
      throw new ObstaclesException(
          "An invalid index could not be rebuilt, because of data that it does not allow."
              + " Make these calls, then run migrate() again:",
          obstacles);
    }
  }

  private MigrationException explained(FlywayException failure) throws SQLException {
    History history = History.of(sql);
    history.forgetFailures();
    String where =
        "The migrations stopped after version "
            + history.version()
            + (FailureMessage.serverError(failure).isPresent() ? ", at " + history.next() : "");
    if (Patience.wantsLock(failure)) {
      where += "; " + patience.whoIsInTheWay();
    }
    List<Obstacle> obstacles = obstaclesAfter(failure);
    return obstacles.isEmpty()
        ? new MigrationException(FailureMessage.of(where, failure), FailureMessage.cause(failure))
        : new ObstaclesException(
            where
                + ", because of data that came in meanwhile. Make these calls, then run it again:",
            obstacles);
  }

  /**
   * Returns the rows that came in since the check at the start. A table that was not free for the
   * migration is not free to be read either.
   */
  private List<Obstacle> obstaclesAfter(Exception failure) {
    if (Patience.wantsLock(failure)) {
      return List.of();
    }
    try {
      return Obstacles.in(sql);
    } catch (SQLException lost) {
      failure.addSuppressed(lost);
      return List.of();
    }
  }
}
