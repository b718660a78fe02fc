package com.example.signup;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The function in a process of its own: the zip as it is deployed, run by the official client. */
final class Function implements AutoCloseable {

  static final Path ZIP = Path.of("target", "post-confirmation-lambda-1.0.zip");
  private static final String CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final Path TASK = Path.of("target", "task");

  private final RuntimeApi api = new RuntimeApi();
  private final Path log = Files.createTempFile("function", ".log");
  private final Process process;

  Function(String connectionUrl) throws IOException {
    this(connectionUrl, Map.of());
  }

  Function(String connectionUrl, Map<String, String> variables) throws IOException {
    unpack();
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "post-confirmation");
    builder.environment().put("CONNECTION_URL", connectionUrl);
    builder.environment().putAll(variables);
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(List.of(CLIENT, PostConfirmation.class.getName() + "::handleRequest"));
    return command;
  }

  private static String classPath() {
    return TASK
        + File.pathSeparator
        + TASK.resolve("lib")
        + "/*"
        + File.pathSeparator
        + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.contains("aws-lambda-java-") || jar.contains("utils-lite"))
            .collect(Collectors.joining(File.pathSeparator));
  }

  private static void unpack() throws IOException {
    try (ZipFile zip = new ZipFile(ZIP.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        Path file = TASK.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.getInputStream(entry).readAllBytes());
      }
    }
  }

  RuntimeApi.Answer call(String event) throws InterruptedException {
    return api.call(event, Duration.ofSeconds(20));
  }

  /** Stops the process in its tracks, as Lambda does between two calls. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    api.close();
    Files.delete(log);
  }
}
