package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases that this JVM makes on a server: ahead, in the background, so that a test does not
 * wait, and dropped there as well. Thread-safe. No database is handed out twice.
 */
final class DatabaseSupply {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSupply.class);
  private static final int MAKERS = 2;
  private static final long LONGEST_FAREWELL_SECONDS = 5;

  private static final String NO_SUCH_DATABASE = "3D000";

  private final DatabaseServer server;
  private final Templates templates;
  private final JvmMark jvm = new JvmMark();
  private final AdminSession keeper;
  private final ThreadLocal<AdminSession> maker;
  private final ExecutorService making = daemons(MAKERS, "cruddur-db-make");
  private final ExecutorService dropping = daemons(1, "cruddur-db-drop");
  private final SessionsAhead sessions;
  private final Map<Recipe, ReadyDatabases> ready = new ConcurrentHashMap<>();
  private final Set<String> kept = ConcurrentHashMap.newKeySet();

  private DatabaseSupply(DatabaseServer server, Templates templates, ConnectionUrl login) {
    this.server = server;
    this.templates = templates;
    this.sessions = new SessionsAhead(login);
    this.keeper = new AdminSession(server, jvm::lock);
    this.maker = ThreadLocal.withInitial(() -> new AdminSession(this.server));
  }

  /**
   * Opens a supply, which takes away what JVMs that were killed have left on the server. Tests log
   * in at the address.
   */
  static DatabaseSupply open(DatabaseServer server, Templates templates, ConnectionUrl login)
      throws SQLException {
    DatabaseSupply supply = new DatabaseSupply(server, templates, login);
    // Beside that of the keeper.
    supply.making.execute(supply::openMaker);
    supply.keeper.run(connection -> {});
    supply.dropping.execute(supply::sweep);
    Runtime.getRuntime().addShutdownHook(new Thread(supply::end, "cruddur-db-end"));
    return supply;
  }

  private void openMaker() {
    try {
      maker.get().run(connection -> {});
    } catch (SQLException failure) {
      LOG.debug("The first database will tell: {}", failure.getMessage());
    }
  }

  /** Returns a clone of the recipe's template for a purpose. */
  FreshDatabase take(Recipe recipe, String purpose) {
    ReadyDatabases databases =
        ready.computeIfAbsent(recipe, wanted -> new ReadyDatabases(others -> make(wanted, others)));
    FreshDatabase database = databases.take();
    dropping.execute(() -> comment(database.name(), purpose));
    return database;
  }

  /**
   * Drops a database soon, and ends the sessions that are left.
   *
   * @param last what to close before, in the background too: a pool waits for its threads
   */
  void giveBack(FreshDatabase database, Optional<AutoCloseable> last) {
    database.ahead().ifPresent(SessionAhead::closeUnused);
    if (last.isEmpty()) {
      giveBack(database.name());
    } else {
      Thread.startVirtualThread(
          () -> {
            SessionAhead.close(last.get());
            giveBack(database.name());
          });
    }
  }

  private void giveBack(String name) {
    if (!kept.contains(name)) {
      try {
        dropping.execute(() -> drop(name, " WITH (FORCE)"));
      } catch (RejectedExecutionException ended) {
        LOG.debug("{} is dropped with all others, at the end of the JVM", name);
      }
    }
  }

  /** Keeps a database beyond the end of its test and of this JVM. */
  void keep(String name, String purpose, Duration time) {
    kept.add(name);
    Instant end = Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    dropping.execute(() -> comment(name, purpose + ", kept until " + end));
  }

  private CompletableFuture<FreshDatabase> make(Recipe recipe, ReadyDatabases others) {
    return CompletableFuture.supplyAsync(() -> makeNow(recipe, others), making);
  }

  private FreshDatabase makeNow(Recipe recipe, ReadyDatabases others) {
    String name = jvm.newName();
    try {
      clone(recipe, name);
      maker.get().execute(commentCommand(name, "made ahead"));
      return new FreshDatabase(name, sessions.open(name, others.firstUse()), others::learn);
    } catch (SQLException failure) {
      throw new TestDatabaseException(
          Remedy.appendTo("No database could be made from the template: " + failure.getMessage()),
          failure);
    }
  }

  private void clone(Recipe recipe, String name) throws SQLException {
    try {
      maker.get().run(connection -> templates.clone(connection, recipe, name));
    } catch (SQLException failure) {
      // On a server that stays, somebody's newer templates may have displaced ours.
      if (!NO_SUCH_DATABASE.equals(failure.getSQLState())) {
        throw failure;
      }
      templates.ensure(recipe);
      maker.get().run(connection -> templates.clone(connection, recipe, name));
    }
  }

  private void comment(String name, String purpose) {
    run("The comment on " + name + " could not be made", commentCommand(name, purpose));
  }

  private static String commentCommand(String name, String purpose) {
    String text = "cruddur-db-testkit: " + purpose + ", " + JvmMark.describe();
    return "COMMENT ON DATABASE " + name + " IS '" + text.replace("'", "''") + "'";
  }

  private void drop(String name, String how) {
    run("The database " + name + " was not dropped", "DROP DATABASE IF EXISTS " + name + how);
  }

  private void run(String failed, String command) {
    try {
      keeper.execute(command);
    } catch (SQLException failure) {
      // The test is over. The next JVM tries again.
      LOG.debug("{}: {}", failed, failure.getMessage());
    }
  }

  /** Without force: should its JVM live after all, a database in use stays. */
  private void sweep() {
    try {
      keeper.run(
          connection -> JvmMark.abandoned(connection).forEach(database -> drop(database, "")));
    } catch (SQLException failure) {
      LOG.debug("No look for what others left: {}", failure.getMessage());
    }
  }

  /**
   * At the end of the JVM, others may go on to use the server. What is being made is waited for:
   * the server goes on with it, whatever becomes of us, and nobody would drop it.
   */
  void end() {
    making.shutdownNow();
    await(making);
    if (!dropping.isShutdown()) {
      dropping.execute(this::dropAll);
      dropping.shutdown();
    }
    await(dropping);
  }

  private static void await(ExecutorService ended) {
    try {
      if (!ended.awaitTermination(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("The next JVM drops what is left");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void dropAll() {
    try {
      keeper.run(
          connection ->
              jvm.own(connection).stream()
                  .filter(name -> !kept.contains(name))
                  .forEach(name -> drop(name, " WITH (FORCE)")));
    } catch (SQLException failure) {
      LOG.debug("Not all databases were dropped: {}", failure.getMessage());
    }
  }

  private static ExecutorService daemons(int threads, String name) {
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        };
    return Executors.newFixedThreadPool(threads, factory);
  }
}
