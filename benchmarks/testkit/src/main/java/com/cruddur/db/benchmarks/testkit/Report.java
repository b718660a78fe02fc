package com.cruddur.db.benchmarks.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The table of the testkit's speed, beside its peers in one run. */
final class Report {

  private static OrdinaryUser nobody;

  private Report() {}

  public static void main(String[] arguments) throws Exception {
    double scale = Double.parseDouble(arguments[0]);
    System.out.println("load at the start: " + load());
    System.out.println("| what | testkit | peer | ratio | goal |\n|---|---|---|---|---|");
    firsts("first database in a new JVM, cache warm, ms", false, rounds(scale, 10), "0.25, 600 ms");
    firsts("the same, nothing cached, ms", true, rounds(scale, 4), "1.2");
    tests(rounds(scale, 10));
    System.out.printf(
        "| databases/s, 4 threads | %.0f | | | 100 |%n",
        Throughput.perSecond(Peer.TESTKIT, 4, Duration.ofSeconds(rounds(scale, 10))));
    System.out.printf("| private memory at rest, MB | %.0f | | | 60 |%n", Memory.atRest());
    System.out.println("load at the end: " + load());
    if (nobody != null) {
      delete(nobody.home());
    }
    // Some peers leave threads behind.
    System.exit(0);
  }

  private static int rounds(double scale, int normal) {
    return Math.max(1, (int) Math.round(normal * scale));
  }

  /** New JVMs, the peers in turn. */
  private static void firsts(String what, boolean cold, int rounds, String goal) throws Exception {
    List<Peer> peers =
        new ArrayList<>(List.of(Peer.TESTKIT, Peer.ZONKY_FLYWAY, Peer.PG_EMBEDDED, Peer.TESTCONTAINERS));
    Map<Peer, List<Double>> times = new EnumMap<>(Peer.class);
    if (!cold) {
      for (Peer peer : List.copyOf(peers)) {
        if (Double.isNaN(first(peer, false))) {
          System.out.println(peer + " does not run here");
          peers.remove(peer);
        }
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Peer peer : peers) {
        double time = first(peer, cold);
        if (!Double.isNaN(time)) {
          times.computeIfAbsent(peer, key -> new ArrayList<>()).add(time);
        }
      }
    }
    double ours = quantile(times.get(Peer.TESTKIT), 0.5);
    times.forEach(
        (peer, measured) -> {
          if (peer != Peer.TESTKIT) {
            double theirs = quantile(measured, 0.5);
            System.out.printf(
                "| %s | %.0f | %s %.0f | %.2f | %s |%n",
                what,
                ours,
                peer,
                theirs,
                ours / theirs,
                peer == Peer.ZONKY_FLYWAY ? goal : "");
          }
        });
  }

  /** Returns the milliseconds from main to the first row, NaN if the peer does not run here. */
  private static double first(Peer peer, boolean cold) throws Exception {
    Path fresh = Files.createTempDirectory("cruddur-benchmark-");
    // The account that root's server runs as has to get in.
    Files.setPosixFilePermissions(
        fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
    if (cold) {
      command.add("-Dcruddur.testkit.cache=" + fresh.resolve("cache"));
      command.add("-Djava.io.tmpdir=" + fresh);
      command.add("-Dot.epg.working-dir=" + fresh.resolve("zonky"));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), First.class.getName(), peer.name()));
    if (OrdinaryUser.isNeeded(peer)) {
      OrdinaryUser.permit(fresh);
      command = nobody().command(command);
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String[] output =
        new String(process.getInputStream().readAllBytes()).strip().split("\\s+");
    boolean measured = process.waitFor() == 0 && output.length >= 2;
    // A server that lingers must not serve the next JVM: that would be another measurement.
    Thread.sleep(3_500);
    delete(fresh);
    return measured ? Double.parseDouble(output[output.length - 2]) : Double.NaN;
  }

  private static OrdinaryUser nobody() throws IOException, InterruptedException {
    if (nobody == null) {
      nobody = OrdinaryUser.create();
    }
    return nobody;
  }

  private static void tests(int blocks) throws Exception {
    Map<Peer, List<Double>> times =
        Tests.measure(
            List.of(
                Peer.TESTKIT,
                Peer.TESTKIT_URL,
                Peer.ZONKY_PREPARED,
                Peer.PG_EMBEDDED,
                Peer.FLYWAY_PER_TEST,
                Peer.TESTCONTAINERS),
            blocks);
    List<Double> ours = times.get(Peer.TESTKIT);
    System.out.printf(
        "| database for a test, to the first row, ms: p50, p95 | %.1f, %.1f | | | 5, 25 |%n",
        quantile(ours, 0.5), quantile(ours, 0.95));
    times.forEach(
        (peer, measured) -> {
          if (peer != Peer.TESTKIT) {
            System.out.printf(
                "| the same | | %s %.1f, %.1f | %.2f | %s |%n",
                peer,
                quantile(measured, 0.5),
                quantile(measured, 0.95),
                quantile(ours, 0.5) / quantile(measured, 0.5),
                peer == Peer.ZONKY_PREPARED ? "0.15" : "");
          }
        });
  }

  private static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
