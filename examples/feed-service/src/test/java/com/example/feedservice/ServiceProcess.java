package com.example.feedservice;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, as it is deployed. */
final class ServiceProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final Path log = Files.createTempFile("feed-service-", ".log");
  private final int port = freePort();
  private final Process process;

  ServiceProcess(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FeedService.class.getName());
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("CONNECTION_URL");
    builder.environment().put("PORT", String.valueOf(port));
    builder.environment().putAll(environment);
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Starts it on a database and waits until it listens. */
  static ServiceProcess on(String url, Map<String, String> more, String... arguments)
      throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("CONNECTION_URL", url);
    ServiceProcess service = new ServiceProcess(environment, arguments);
    Instant end = Instant.now().plus(LONGEST_START);
    while (!service.log().contains("listening on port")) {
      if (!service.process.isAlive() || Instant.now().isAfter(end)) {
        throw new AssertionError("it does not listen: " + service.log());
      }
      Thread.sleep(50);
    }
    return service;
  }

  /** The URI in clear: a {@link ConnectionUrl} prints no password. */
  static String uri(ConnectionUrl url) {
    ConnectionUrl.HostPort host = url.hosts().getFirst();
    return "postgresql://%s:%s@%s/%s"
        .formatted(url.user().orElseThrow(), url.password().orElseThrow(), host, url.database());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  Client client() {
    return new Client(port);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Sends SIGTERM. */
  void stop() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Files.delete(log);
  }
}
