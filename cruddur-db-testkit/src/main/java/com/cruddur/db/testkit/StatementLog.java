package com.cruddur.db.testkit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The last statements that were run on a database, without the values bound to them. */
final class StatementLog {

  private static final int LENGTH = 10;
  private static final int LONGEST_TEXT = 300;
  private static final double NANOS_IN_MILLI = Duration.ofMillis(1).toNanos();

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** A statement, from its start. */
  static final class Entry {

    private final String sql;
    private final long start = System.nanoTime();
    private volatile String outcome = "still running";

    private Entry(String sql) {
      this.sql = sql;
    }

    void succeeded() {
      outcome = String.format(Locale.ROOT, "%.1f ms", (System.nanoTime() - start) / NANOS_IN_MILLI);
    }

    void failed(Throwable failure) {
      String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
      outcome = "failed with " + (state == null ? failure.getClass().getSimpleName() : state);
    }

    @Override
    public String toString() {
      String line = sql.strip().replaceAll("\\s+", " ");
      String cut = line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
      return cut + "  (" + outcome + ")";
    }
  }

  synchronized Entry begin(String sql) {
    if (entries.size() == LENGTH) {
      entries.removeFirst();
    }
    Entry entry = new Entry(sql);
    entries.addLast(entry);
    return entry;
  }

  /** Returns a line for each, the latest last. */
  synchronized List<String> lines() {
    return entries.stream().map(Entry::toString).toList();
  }
}
