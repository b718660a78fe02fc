package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Sees what is opened on the database of a test, where, what is run on it, and what is left open.
 * Thread-safe.
 */
final class ConnectionWatch {

  private final AtomicLong numbers = new AtomicLong();
  private final Map<Object, Leak> open = new ConcurrentHashMap<>();
  private final Map<CruddurDb, Leak> opened = new ConcurrentHashMap<>();
  private final StatementLog statements = new StatementLog();

  /** Returns the same data source, with its connections under watch. */
  DataSource over(DataSource dataSource) {
    return over(dataSource, Optional::empty);
  }

  /** Returns the same data source, which looks first for what was opened ahead. */
  DataSource over(DataSource dataSource, Supplier<Optional<Connection>> ahead) {
    return new WatchedDataSource(dataSource, this, ahead);
  }

  /**
   * Watches over a database with a pool of its own, for which only whether it is closed is known.
   */
  CruddurDb over(CruddurDb db) {
    opened.put(db, leak("A CruddurDb"));
    return db;
  }

  StatementLog statements() {
    return statements;
  }

  /** Notes where a connection, or the transaction that it is in, was opened. */
  void opened(WatchedConnection connection, Leak place) {
    open.put(connection, place);
  }

  /** Returns what was noted of the connection; nothing if it was told as a leak before. */
  @Nullable Leak closed(WatchedConnection connection) {
    return open.remove(connection);
  }

  /** Remembers a transaction that nobody ended before its connection was closed. */
  void leftOpen(Leak transaction) {
    open.put(transaction, transaction);
  }

  Leak leak(String kind) {
    return new Leak(kind, numbers.incrementAndGet());
  }

  /** Returns the number of what was opened last. */
  long lastNumber() {
    return numbers.get();
  }

  /** Takes out and returns the leaks that fit; each is told once. */
  List<Leak> takeLeaks(Predicate<Leak> fits) {
    List<Leak> leaks = new ArrayList<>();
    opened.keySet().removeIf(ConnectionWatch::isClosed);
    take(open, fits, leaks);
    take(opened, fits, leaks);
    return leaks;
  }

  private static <K> void take(Map<K, Leak> from, Predicate<Leak> fits, List<Leak> into) {
    from.forEach(
        (key, leak) -> {
          if (fits.test(leak) && from.remove(key, leak)) {
            into.add(leak);
          }
        });
  }

  private static boolean isClosed(CruddurDb db) {
    return db.dataSource() instanceof HikariDataSource pool && pool.isClosed();
  }
}
