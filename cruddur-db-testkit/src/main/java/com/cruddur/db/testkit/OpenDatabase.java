package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * The database of a test, or of a class, and its pool. JUnit closes it when its owner has ended.
 * Thread-safe.
 */
final class OpenDatabase implements AutoCloseable {

  private final TestDatabase database;
  private final ExtensionContext owner;
  private final Keeping keeping;
  private final TestClock clock = TestClock.atNow();
  private @Nullable ActivityGenerator generator;
  private @Nullable HikariDataSource pool;
  private @Nullable CruddurDb db;

  private OpenDatabase(TestDatabase database, ExtensionContext owner, Keeping keeping) {
    this.database = database;
    this.owner = owner;
    this.keeping = keeping;
  }

  static OpenDatabase create(SeedChain seed, ExtensionContext owner, String purpose) {
    TestkitSettings.readFrom(name -> parameter(owner, name));
    Keeping keeping = Keeping.of(TestkitSettings.find(Keeping.SETTING), System.getenv());
    return new OpenDatabase(TestDatabase.create(seed, purpose), owner, keeping);
  }

  /** Of JUnit, whose own look-up of system properties can be turned off. */
  private static Optional<String> parameter(ExtensionContext owner, String name) {
    return owner
        .getRoot()
        .getConfigurationParameter(name)
        .or(() -> Optional.ofNullable(System.getProperty(name)));
  }

  TestDatabase database() {
    return database;
  }

  synchronized CruddurDb db() {
    if (db == null) {
      pool = database.pool();
      CruddurDb.Builder builder = CruddurDb.builder().dataSource(database.watch().over(pool));
      db = ClockUse.by(owner) ? builder.clock(clock).build() : builder.build();
    }
    return db;
  }

  TestClock clock() {
    return clock;
  }

  synchronized ActivityGenerator generator() {
    if (generator == null) {
      generator = ActivityGenerator.ofNewNumber();
    }
    return generator;
  }

  /**
   * Looks, after one of the tests that share the database, at how it went and what it left open.
   */
  void afterTest(ExtensionContext test, long numberBefore) {
    check(test, leak -> leak.isOfThisThreadSince(numberBefore));
  }

  @Override
  public void close() {
    try {
      check(owner, leak -> true);
    } finally {
      closeAll();
    }
  }

  private synchronized void closeAll() {
    database.close(Optional.ofNullable(pool));
  }

  private void check(ExtensionContext test, Predicate<Leak> fits) {
    List<Leak> leaks = database.watch().takeLeaks(fits);
    if (hasFailed(test.getExecutionException()) || !leaks.isEmpty()) {
      report(test);
    }
    if (!leaks.isEmpty()) {
      throw Leaks.failure(leaks, test.getRequiredTestClass());
    }
  }

  private void report(ExtensionContext test) {
    Optional<Path> passwordFile = Optional.empty();
    boolean kept = database.isKept() || keeping.oneMore();
    String fate = keeping.fate(kept);
    if (kept) {
      try {
        passwordFile = database.keep(Keeping.time);
      } catch (IOException failure) {
        fate = "could not be kept (" + failure.getMessage() + ")";
      }
    }
    print(FailureReport.of(test, database, fate, passwordFile, usedNumber()));
  }

  private synchronized Optional<Long> usedNumber() {
    return Optional.ofNullable(generator).map(ActivityGenerator::number);
  }

  private static boolean hasFailed(Optional<Throwable> outcome) {
    return outcome.isPresent() && !(outcome.get() instanceof TestAbortedException);
  }

  @SuppressWarnings("SystemOut") // a test's own output, where its failure is looked for
  private static void print(String report) {
    System.err.print(report);
  }
}
