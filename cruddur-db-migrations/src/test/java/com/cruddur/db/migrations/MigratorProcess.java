package com.cruddur.db.migrations;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrator in a JVM of its own, to be killed. */
final class MigratorProcess implements AutoCloseable {

  static final int NEVER = Integer.MAX_VALUE;

  private static final String STOPPED = "stopped";
  private static final String DONE = "done";

  private final Process process;
  private final BufferedReader output;

  private MigratorProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts a migrator that stops, and stays, at a step of the first pending migration. */
  static MigratorProcess start(Postgres database, int step) throws IOException {
    return new MigratorProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                MigratorProcess.class.getName(),
                database.as("postgres").getUrl(),
                String.valueOf(step))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  public static void main(String[] arguments) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(arguments[0]);
    source.setUser("postgres");
    Migrations.of(
            new TrappedDataSource(
                source,
                Integer.parseInt(arguments[1]),
                connection -> {
                  System.out.println(STOPPED);
                  Patience.sleep(Duration.ofMinutes(5));
                }))
        .migrate();
    System.out.println(DONE);
  }

  /** Waits until the process stops in its trap; false if it went through to its end. */
  boolean stops() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IllegalStateException("The migrator failed");
    }
    return line.equals(STOPPED);
  }

  /** Kills with SIGKILL, which no handler sees. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
