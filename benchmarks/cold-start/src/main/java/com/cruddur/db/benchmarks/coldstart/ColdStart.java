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

  private record Run(double seconds, double cpuSeconds, int megabytes) {}

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
    run(ByHandler.class, List.of("-XX:AOTCacheOutput=" + CACHE));
    Map<String, List<Run>> runs = new LinkedHashMap<>();
    for (int round = -1; round < ROUNDS; round++) {
      Map<String, Run> turn = new LinkedHashMap<>();
      turn.put("by hand", run(ByHand.class, List.of()));
      turn.put("the zip", run(ByHandler.class, List.of()));
      turn.put("with the AOT cache", run(ByHandler.class, List.of("-XX:AOTCache=" + CACHE)));
      if (round >= 0) {
        turn.forEach((name, run) -> runs.computeIfAbsent(name, n -> new ArrayList<>()).add(run));
      }
    }
    System.out.println(output(start(Warm.class, List.of())));
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

  private Run run(Class<?> program, List<String> options) throws Exception {
    long start = System.nanoTime();
    String output = output(start(program, options));
    double seconds = (System.nanoTime() - start) / 1e9;
    // The JVM that makes a cache writes lines of its own.
    String[] report =
        output
            .lines()
            .filter(line -> line.startsWith(Report.PREFIX))
            .map(line -> line.substring(Report.PREFIX.length()).split(" "))
            .findFirst()
            .orElseThrow();
    return new Run(
        seconds, Integer.parseInt(report[0]) / 1e3, Integer.parseInt(report[1]) / 1024);
  }

  private Process start(Class<?> program, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), program.getName(), UUID.randomUUID().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(new File("target/cold-start.log")));
    Map<String, String> environment = builder.environment();
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "post-confirmation");
    environment.put("CONNECTION_URL", withPassword());
    environment.put("JDBC_URL", url.jdbcUrl());
    environment.put("USER_NAME", url.user().orElseThrow());
    environment.put("PASSWORD", url.password().orElseThrow());
    return builder.start();
  }

  private static String output(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("A program failed: see target/cold-start.log");
    }
    return output;
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
