package com.cruddur.db.benchmarks.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sequential tests, the peers in turn in one JVM: from the request to the first row. */
final class Tests {

  private static final int BLOCK = 20;

  private Tests() {}

  /** Returns the milliseconds of each test; the first block of each peer is to warm up. */
  static Map<Peer, List<Double>> measure(List<Peer> peers, int blocks) throws Exception {
    Map<Peer, Peer.Supply> supplies = new EnumMap<>(Peer.class);
    Map<Peer, List<Double>> times = new EnumMap<>(Peer.class);
    for (Peer peer : peers) {
      try {
        supplies.put(peer, peer.open());
        times.put(peer, new ArrayList<>());
      } catch (Exception | LinkageError failure) {
        System.out.println(peer + " does not run here: " + firstLine(failure));
      }
    }
    for (int block = 0; block <= blocks; block++) {
      for (var supply : supplies.entrySet()) {
        List<Double> measured = run(supply.getValue(), supply.getKey());
        if (block > 0) {
          times.get(supply.getKey()).addAll(measured);
        }
      }
    }
    return times;
  }

  private static List<Double> run(Peer.Supply supply, Peer peer) throws Exception {
    // Slow peers get fewer tests: the median is the same.
    int tests = peer == Peer.FLYWAY_PER_TEST ? 2 : BLOCK;
    List<Double> times = new ArrayList<>();
    for (int test = 0; test < tests; test++) {
      long start = System.nanoTime();
      Peer.Database database = supply.next();
      database.firstRow();
      times.add((System.nanoTime() - start) / 1e6);
      database.work();
      database.end().close();
    }
    return times;
  }

  static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
  }
}
