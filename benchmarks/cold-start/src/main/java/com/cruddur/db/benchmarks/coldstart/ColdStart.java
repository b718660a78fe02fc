package com.cruddur.db.benchmarks.coldstart;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.LocalPostgres;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * From the start of a JVM to the first user inserted: the function's zip, the same with the AOT
 * cache of JDK 25, and a program that uses the driver by hand. Each in turn, in whole processes.
 */
public final class ColdStart {

  private static final int ROUNDS = 20;
  // Lambda gives both to every function of Java.
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m");
  private static final Path CACHE = Path.of("target", "function.aot");

  private record Run(double seconds, double cpuSeconds, int megabytes, long warmMicros) {}

  private final ConnectionUrl url;

  private ColdStart(ConnectionUrl url) {
    this.url = url;
  }

  /** Runs all, and prints a table. */
  public static void main(String[] arguments) throws Exception {
    try (LocalPostgres server = LocalPostgres.start();
        HikariDataSource owner = PoolFactory.create(server.url())) {
      Migrations.of(owner).migrate();
      new ColdStart(server.url()).run();
    }
  }

  private void run() throws Exception {
    Files.deleteIfExists(CACHE);
    run(ByHandler.class, 0, List.of("-XX:AOTCacheOutput=" + CACHE));
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int round = -1; round < ROUNDS; round++) {
      Map<String, Run> turn = new LinkedHashMap<>();
      turn.put("by hand", run(ByHand.class, 0, List.of()));
      turn.put("the zip", run(ByHandler.class, 0, List.of()));
      turn.put("with the AOT cache", run(ByHandler.class, 0, List.of("-XX:AOTCache=" + CACHE)));
      if (round >= 0) {
        turn.forEach((name, run) -> runs.computeIfAbsent(name, n -> new ArrayList<>()).add(run));
      }
    }
    Run byHand = run(ByHand.class, 3000, List.of());
    Run byHandler = run(ByHandler.class, 3000, List.of());
    System.out.printf(
        "A warm call: %d us by hand, %d us by the handler.%n%n",
        byHand.warmMicros(), byHandler.warmMicros());
    System.out.println("| | seconds | ratio | CPU seconds | ratio | peak MB |");
    System.out.println("|---|---|---|---|---|---|");
    runs.forEach((name, list) -> print(name, list, runs.get("by hand")));
  }

  private static void print(String name, List<Run> runs, List<Run> byHand) {
    double seconds = median(runs.stream().mapToDouble(Run::seconds).toArray());
    double cpu = median(runs.stream().mapToDouble(Run::cpuSeconds).toArray());
    System.out.printf(
        "| %s | %.3f | %.2f | %.2f | %.2f | %d |%n",
        name,
        seconds,
        seconds / median(byHand.stream().mapToDouble(Run::seconds).toArray()),
        cpu,
        cpu / median(byHand.stream().mapToDouble(Run::cpuSeconds).toArray()),
        runs.stream().mapToInt(Run::megabytes).max().orElseThrow());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private Run run(Class<?> program, int warmCalls, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), program.getName()));
    command.addAll(List.of(UUID.randomUUID().toString(), Integer.toString(warmCalls)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(new File("target/cold-start.log")));
    Map<String, String> environment = builder.environment();
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "post-confirmation");
    environment.put("CONNECTION_URL", withPassword());
    environment.put("JDBC_URL", url.jdbcUrl());
    environment.put("USER_NAME", url.user().orElseThrow());
    environment.put("PASSWORD", url.password().orElseThrow());
    long start = System.nanoTime();
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    int code = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0) {
      throw new IOException(program.getSimpleName() + " failed: see target/cold-start.log");
    }
    // The JVM that makes a cache writes lines of its own.
    String[] report =
        output
            .lines()
            .filter(line -> line.startsWith(Report.PREFIX))
            .map(line -> line.substring(Report.PREFIX.length()).split(" "))
            .findFirst()
            .orElseThrow();
    return new Run(
        seconds,
        Integer.parseInt(report[0]) / 1e3,
        Integer.parseInt(report[1]) / 1024,
        Long.parseLong(report[2]));
  }

  private String withPassword() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s"
        .formatted(
            url.user().orElseThrow(), url.password().orElseThrow(), url.hosts().getFirst().port(), url.database());
  }

  /** What the zip holds, and this program, all as jars: a cache does not read folders. */
  private static String classPath() throws IOException {
    try (var jars = Files.list(Path.of("../../examples/post-confirmation-lambda/target/task/lib"))) {
      return "target/cold-start-0.1.0-SNAPSHOT.jar"
          + File.pathSeparator
          + "../../examples/post-confirmation-lambda/target/post-confirmation-lambda-1.0.jar"
          + File.pathSeparator
          + jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
    }
  }
}
