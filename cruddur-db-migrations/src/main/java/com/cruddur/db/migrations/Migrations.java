package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of Cruddur's schema, ready to be applied to one database.
 *
 * <p>Takes any {@link DataSource} whose user owns the tables or may create them; it must reach the
 * server directly, not through a pooler in transaction mode. One connection is used at a time, and
 * given back as it was. The caller closes the data source. Immutable and thread-safe; two runs
 * against one database at the same time wait for each other.
 *
 * @since 0.1.0
 */
public final class Migrations {

  /** How long a run goes on without progress: for a lock, or for another run. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final DataSource dataSource;
  private final @Nullable EnvironmentName environment;
  private final Duration patience;

  private Migrations(
      DataSource dataSource, @Nullable EnvironmentName environment, Duration patience) {
    this.dataSource = dataSource;
    this.environment = environment;
    this.patience = patience;
  }

  /**
   * Returns the migrations for the database that the data source connects to. Does not connect.
   *
   * @param dataSource connects as a user that may create tables in schema {@code public}
   * @return the migrations, not yet applied
   */
  public static Migrations of(DataSource dataSource) {
    return new Migrations(Objects.requireNonNull(dataSource, "dataSource"), null, PATIENCE);
  }

  /**
   * Returns the same migrations for a database that belongs to the named environment. {@link
   * #migrate()} stores the name, and refuses a database that has another one. {@code dev}, {@code
   * test} and {@code local} name databases that may be dropped and reset; every other name
   * protects.
   *
   * @param name such as {@code prod}: a lower-case letter, then up to 31 of {@code a-z 0-9 _ -}
   * @return a copy that knows the name
   * @throws IllegalArgumentException if the name has another form
   */
  public Migrations environment(String name) {
    return new Migrations(dataSource, new EnvironmentName(name), patience);
  }

  Migrations patience(Duration limit) {
    return new Migrations(dataSource, environment, limit);
  }

  /**
   * Applies what is pending, in the order of the versions. A database that was made by the original
   * schema file, in any of its variants, is adopted first. One that is up to date is left as it is.
   *
   * <p>Each migration waits 0.1 s for its lock and then tries again, so that nobody queues behind
   * it; after ten minutes without progress it gives up. A run that was interrupted, by whatever, is
   * finished by the next one.
   *
   * @return what was applied, and the version that was reached
   * @throws ObstaclesException if there is data that the newest schema does not allow; nothing was
   *     changed
   * @throws MigrationException if the database cannot be reached, belongs to another environment,
   *     has an unknown shape or objects in the way, or rights are missing (in these cases nothing
   *     was changed), or a migration fails; a failed migration is rolled back
   */
  public MigrationReport migrate() {
    return with(
        "The migrations could not be applied",
        session -> {
          session.lock(patience);
          return new MigrationRun(session, environment, patience).run();
        });
  }

  /**
   * Returns the state of the database: its version, what is pending, its environment. Changes
   * nothing.
   *
   * @return the state
   * @throws MigrationException if the database cannot be reached
   */
  public SchemaStatus info() {
    return with(
        "The state of the schema could not be read",
        session -> new Patience(session, patience).untilRead(() -> Inspection.status(session)));
  }

  /**
   * Checks that the history is that of these migrations, that none is pending or failed, that the
   * indexes are valid and schema {@code public} is closed to CREATE for others, and says what to do
   * where it is not so. So it does, where a role of {@link #roles()} exists, for rights of {@code
   * cruddur_app}, {@code cruddur_readonly} and PUBLIC beyond those that it gives, on the tables,
   * the schema and the database; for attributes beyond the task of a role; and for other roles that
   * may empty the tables, put triggers on them, or write the history or the environment. Changes
   * nothing.
   *
   * <p>At the newest version also the objects are compared with what the migrations make: tables,
   * columns with their types, defaults and NOT NULL, keys, constraints, indexes, triggers and
   * functions. Each that is missing, renamed, changed or disabled is a problem, with the migration
   * that made it and the SQL that makes it again. What somebody added is not, but for a column
   * without which no row can be inserted. Not compared are comments, owners, storage settings, and,
   * on a PostgreSQL newer than 18, definitions.
   *
   * @return what is wrong, if anything
   * @throws MigrationException if the database cannot be reached
   */
  public Validation validate() {
    return with(
        "The schema could not be validated",
        session -> new Patience(session, patience).untilRead(() -> Inspection.validate(session)));
  }

  /**
   * Returns what {@link #migrate()} would do, as SQL, without running any of it.
   *
   * @return the pending migrations, and what stands in their way
   * @throws MigrationException if the database cannot be reached
   */
  public MigrationPlan plan() {
    return with(
        "The migrations could not be planned",
        session -> new Patience(session, patience).untilRead(() -> Inspection.plan(session)));
  }

  /**
   * Returns the repairs of data that stands in the way of {@link #migrate()}.
   *
   * @return the repairs, none of them applied
   */
  public Fixes fixes() {
    return new Fixes(dataSource);
  }

  /**
   * Creates the roles {@code cruddur_owner}, {@code cruddur_app} (reads and writes rows, nothing
   * else) and {@code cruddur_readonly} where they do not exist, without a login, and gives them
   * their rights in this database. Roles belong to the whole server; every later {@link #migrate()}
   * keeps the rights in its database right.
   *
   * <p>The tables go to {@code cruddur_owner}. Whoever owned them before, and is no superuser,
   * becomes a member of it, so that a service goes on. What was granted to PUBLIC on them is taken
   * back, and its right to temporary tables; to large objects where a superuser calls.
   *
   * @return the roles that this call created, and a line for each earlier owner that became a
   *     member; empty if there was nothing to do
   * @throws MigrationException if the database cannot be reached, or the user may not create the
   *     roles, own the tables or make their earlier owner a member, or if {@code cruddur_app} or
   *     {@code cruddur_readonly} exists with rights of its own, such as SUPERUSER or the membership
   *     of another role; nothing is changed then
   */
  public List<String> roles() {
    return with(
        "The roles could not be created",
        session -> {
          session.lock(patience);
          return new Roles(session, patience).create();
        });
  }

  private interface Work<T> {
    T on(MigrationSession session) throws SQLException;
  }

  private <T> T with(String failed, Work<T> work) {
    try (MigrationSession session = MigrationSession.open(dataSource)) {
      return work.on(session);
    } catch (SQLException | FlywayException failure) {
      throw new MigrationException(
          FailureMessage.of(failed, failure), FailureMessage.cause(failure));
    }
  }
}
