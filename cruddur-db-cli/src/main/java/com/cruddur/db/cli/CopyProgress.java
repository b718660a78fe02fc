package com.cruddur.db.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Shows at a terminal how far a COPY is, as the server reports it. */
final class CopyProgress {

  private static final int WIDTH = 30;
  private static final long INTERVAL = 200;

  private static final String QUERY =
      """
      SELECT tuples_processed FROM pg_catalog.pg_stat_progress_copy
      WHERE pid = ? AND relid = pg_catalog.to_regclass('public.activities')""";

  private final Target target;
  private final int process;
  private final int rows;
  private final Thread thread = new Thread(this::run, "cruddur-db-progress");

  private CopyProgress(Target target, int process, int rows) {
    this.target = target;
    this.process = process;
    this.rows = rows;
    thread.setDaemon(true);
  }

  /** Does the work and shows how far it is, where somebody looks. */
  static <T> T during(Target target, int process, int rows, Callable<T> work) throws Exception {
    CopyProgress progress = new CopyProgress(target, process, rows);
    progress.start();
    try {
      return work.call();
    } finally {
      progress.stop();
    }
  }

  private void start() {
    if (Terminal.isErr()) {
      show(0);
      thread.start();
    }
  }

  private void run() {
    try (Database database = target.open();
        Connection connection = database.connect()) {
      while (!Thread.currentThread().isInterrupted()) {
        List<Long> copied = Sql.list(connection, QUERY, row -> row.getLong(1), process);
        copied.forEach(this::show);
        Thread.sleep(INTERVAL);
      }
    } catch (SQLException | InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(long copied) {
    int done = (int) Math.min(WIDTH, copied * WIDTH / Math.max(1, rows));
    System.err.printf(
        Locale.ROOT,
        "\r[%s%s] %3d %% of %d activities",
        "#".repeat(done),
        " ".repeat(WIDTH - done),
        copied * 100 / Math.max(1, rows),
        rows);
  }

  private void stop() throws InterruptedException {
    if (Terminal.isErr()) {
      thread.interrupt();
      thread.join();
      // Back to the beginning of an empty line.
      System.err.print("\r\u001b[K");
    }
  }
}
