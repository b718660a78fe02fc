package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A database for one test: migrated, seeded, and nobody else's. A clone of a template, on the
 * server in {@code CRUDDUR_TEST_URL}, or one of our own that all JVMs of the account share and that
 * ends soon after the last of them.
 *
 * <p>Sessions have the rights of a service's, those of the role {@code cruddur_app}, unless they
 * are opened by {@link #ownerUrl()} or {@link #ownerDataSource()}. The server shows for each
 * database what it was made for, in the comment that psql's {@code \l+} lists.
 *
 * <p>Thread-safe. Whoever creates one closes it, which has it dropped.
 *
 * @since 0.1.0
 */
public final class TestDatabase implements AutoCloseable {

  private final TestServer server;
  private final FreshDatabase database;
  private final String purpose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ConnectionWatch watch = new ConnectionWatch();
  private volatile boolean kept;

  private TestDatabase(TestServer server, FreshDatabase database, String purpose) {
    this.server = server;
    this.database = database;
    this.purpose = purpose;
  }

  /**
   * Makes a database with the rows of {@link BaseSeed}.
   *
   * @return a new database, for the caller to close
   * @throws TestDatabaseException if there is no server, or no database can be made on it; the
   *     message says what was tried and what to do
   */
  public static TestDatabase create() {
    return create(SeedChain.BASE, caller());
  }

  /**
   * Makes a database with other rows than those of {@link BaseSeed}.
   *
   * @param seed the sets to load, in this order; empty for a database that is only migrated
   * @return a new database, for the caller to close
   * @throws IllegalArgumentException if a set is named twice or has no constructor without
   *     parameters
   * @throws TestDatabaseException if there is no server, no database can be made on it, or a set
   *     fails; the message says what was tried and what to do
   */
  public static TestDatabase create(List<Class<? extends SeedSet>> seed) {
    return create(new SeedChain(seed), caller());
  }

  /** Makes a database of such rows, with what it is for. */
  static TestDatabase create(SeedChain seed, String purpose) {
    // With the standard one: a set of somebody's own that fails must not fail the server's start.
    TestServer server = TestServer.get(Recipe.standard());
    Recipe recipe = SeedTemplates.ensure(server, seed);
    return new TestDatabase(server, server.take(recipe, purpose), purpose);
  }

  /**
   * Returns the name of the database.
   *
   * @return a name that no other database of its server ever had
   */
  public String name() {
    return database.name();
  }

  /**
   * Returns the address of the database for a service: it reads and writes rows.
   *
   * @return an address with the password
   */
  public ConnectionUrl url() {
    // Whoever counts the sessions of the database is to find none but those of the test.
    database.closeUnused();
    return address();
  }

  private ConnectionUrl address() {
    return server.url(name());
  }

  /**
   * Returns the address of the database for the owner of its tables.
   *
   * @return an address with the password
   */
  public ConnectionUrl ownerUrl() {
    database.outdate();
    return server.ownerUrl(name());
  }

  /**
   * Returns a data source that opens a connection of {@link #url()} for each call, without a pool.
   * The very first may have been opened before it is asked for.
   *
   * @return a data source that needs no closing
   */
  public DataSource dataSource() {
    return watch.over(TestServer.dataSource(address()), database::takeConnection);
  }

  /**
   * Returns a data source that opens a connection of {@link #ownerUrl()} for each call, without a
   * pool.
   *
   * @return a data source that needs no closing
   */
  public DataSource ownerDataSource() {
    return watch.over(TestServer.dataSource(ownerUrl()));
  }

  /**
   * Opens the database as a service would.
   *
   * @return the database, for the caller to close before this object
   */
  public CruddurDb open() {
    return watch.over(CruddurDb.open(url()));
  }

  ConnectionWatch watch() {
    return watch;
  }

  /** Returns a pool of {@link #url()}, for the caller to close. */
  HikariDataSource pool() {
    return database.takePool().orElseGet(() -> SessionAhead.newPool(address()));
  }

  boolean isKept() {
    return kept;
  }

  /**
   * Keeps the database, and its server, beyond the end of the test and of the JVM. Returns a file
   * with which psql can log in, if the server is ours.
   */
  Optional<Path> keep(Duration time) throws IOException {
    server.keep(name(), purpose, time);
    kept = true;
    Optional<Path> home = server.home();
    return home.isEmpty() ? home : Optional.of(PasswordFile.in(home.get(), address()));
  }

  /**
   * Returns the address that a person can log in at: the login of tests is our secret elsewhere.
   */
  ConnectionUrl urlForPeople() {
    return server.home().isPresent() ? address() : ownerUrl();
  }

  /**
   * Has the database dropped in the background, and the sessions ended that are left. Closing twice
   * does nothing.
   */
  @Override
  public void close() {
    close(Optional.empty());
  }

  /** Does the same, and closes something before, in the background as well. */
  void close(Optional<AutoCloseable> last) {
    if (!closed.getAndSet(true)) {
      server.giveBack(database, last);
    }
  }

  /** Names the database and no secret. */
  @Override
  public String toString() {
    return "TestDatabase[" + name() + "]";
  }

  /** Returns the class, method and line that called us. */
  private static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> !frame.getClassName().equals(TestDatabase.class.getName()))
                    .findFirst())
        .map(StackFrame::toString)
        .orElse("unknown");
  }
}
