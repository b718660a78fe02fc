package com.cruddur.db;

import java.time.Duration;
import org.jooq.DSLContext;

/** Lets everything fail that can fail once a database was found, and prints whatever is said. */
final class CanaryFaults {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(20);

  private CanaryFaults() {}

  /** Takes the URL of a database with a table {@code canary}, and one of a user too many. */
  public static void main(String[] urls) throws Exception {
    ConnectionUrl url = ConnectionUrl.parse(urls[0]);
    fail("too many", settings(), ConnectionUrl.parse(urls[1]), CruddurDb::health);
    fail("statement", settings().statementTimeout(SHORT), url, db -> sleep(db.dsl()));
    fail(
        "socket",
        settings().statementTimeout(Duration.ZERO).socketTimeout(SECOND),
        url,
        db -> sleep(db.dsl()));
    fail("lock", settings().lockTimeout(SHORT), url, db -> lock(db, () -> lock(db, () -> {})));
    fail("idle", settings().idleInTransactionTimeout(SHORT), url, CanaryFaults::idle);
    PoolSettings.Builder one = settings().maximumSize(1).acquireTimeout(SECOND);
    fail("exhausted", one, url, db -> lock(db, () -> sleep(db.dsl())));
    fail("killed", settings(), url, db -> db.dsl().execute(KILL));
    try (SilentHost silent = SilentHost.accepting()) {
      PoolSettings.Builder hasty = settings().connectTimeout(SECOND);
      fail("connect", hasty, at(url, silent.toString()), CruddurDb::health);
    }
    try (CommitCutter network = new CommitCutter(url.hosts().get(0).port())) {
      fail("commit", settings(), at(url, "localhost:" + network.port()), CanaryFaults::write);
      fail("jOOQ", settings(), at(url, "localhost:" + network.port()), CanaryFaults::writeByJooq);
    }
  }

  private static final String KILL = "SELECT pg_terminate_backend(pg_backend_pid())";

  private static PoolSettings.Builder settings() {
    return PoolSettings.builder().acquireTimeout(LONG).connectTimeout(LONG);
  }

  /** The same database as seen from elsewhere. */
  private static ConnectionUrl at(ConnectionUrl url, String host) {
    return ConnectionUrl.parse(
        "postgresql://%s:%s@%s/%s?sslmode=disable"
            .formatted(
                url.user().orElseThrow(),
                PercentEncoder.encode(url.password().orElseThrow()),
                host,
                url.database()));
  }

  /** What is done with a database. */
  @FunctionalInterface
  private interface Work {
    void run(CruddurDb db);
  }

  private static void fail(
      String what, PoolSettings.Builder settings, ConnectionUrl url, Work work) {
    System.out.println("fault: " + what);
    try (CruddurDb db = CruddurDb.builder().url(url).pool(settings.build()).build()) {
      try {
        work.run(db);
        System.out.println("did not fail: " + what);
      } finally {
        System.out.println(db.health() + db.health().json() + db.dataSource() + db);
      }
    } catch (CruddurDbException failure) {
      failure.printStackTrace(System.out);
    }
  }

  private static void sleep(DSLContext jooq) {
    jooq.fetchValue("SELECT pg_sleep(20)");
  }

  private static void lock(CruddurDb db, Runnable then) {
    db.<Integer, RuntimeException>transaction(
        tx -> {
          int locked = tx.dsl().execute("LOCK TABLE canary");
          then.run();
          return locked;
        });
  }

  private static void idle(CruddurDb db) {
    lock(db, () -> pause(SHORT.multipliedBy(4)));
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(CruddurDb db) {
    db.<Integer, RuntimeException>transaction(
        tx -> tx.dsl().execute("INSERT INTO canary VALUES (1)"));
  }

  private static void writeByJooq(CruddurDb db) {
    db.dsl().transaction(tx -> tx.dsl().execute("INSERT INTO canary VALUES (1)"));
  }
}
