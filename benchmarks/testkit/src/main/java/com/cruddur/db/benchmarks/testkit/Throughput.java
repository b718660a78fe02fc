package com.cruddur.db.benchmarks.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Databases in a second, made, read and given back by several threads. */
final class Throughput {

  private Throughput() {}

  static double perSecond(Peer peer, int threads, Duration time) throws Exception {
    Peer.Supply supply = peer.open();
    supply.next().firstRow();
    long start = System.nanoTime();
    Callable<Integer> user =
        () -> {
          int count = 0;
          while (System.nanoTime() - start < time.toNanos()) {
            Peer.Database database = supply.next();
            database.firstRow();
            database.end().close();
            count++;
          }
          return count;
        };
    int databases = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> users = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        users.add(user);
      }
      for (Future<Integer> made : pool.invokeAll(users)) {
        databases += made.get();
      }
    }
    return databases / ((System.nanoTime() - start) / 1e9);
  }
}
