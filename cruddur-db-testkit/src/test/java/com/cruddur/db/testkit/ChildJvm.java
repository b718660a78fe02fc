package com.cruddur.db.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real JVM that owns a server, to be ended in every way that a JVM can end. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final List<ProcessHandle> serverProcesses = new ArrayList<>();
  private Path serverDirectory = Path.of("");
  private String uri = "";

  private ChildJvm(Process process) {
    this.process = process;
  }

  static ChildJvm start(String... arguments) {
    return start(new ProcessBuilder(), ownGroup(), classPath(), arguments);
  }

  static ChildJvm start(
      ProcessBuilder builder, List<String> prefix, String classPath, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            ServerOwner.class.getName()));
    command.addAll(Arrays.asList(arguments));
    try {
      return new ChildJvm(
          builder.command(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Waits until the server runs. */
  ChildJvm awaitServer() throws IOException {
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("The child ended without a server; see its errors above");
    }
    int blank = line.lastIndexOf(' ');
    serverDirectory = Path.of(line.substring(0, blank));
    uri = line.substring(blank + 1);
    ProcessHandle server =
        RunningServer.of(serverDirectory.resolve("data")).orElseThrow().process();
    ProcessHandle guard = server.parent().orElseThrow();
    serverProcesses.add(guard);
    guard.descendants().forEach(serverProcesses::add);
    return this;
  }

  /** Returns whether a process runs, and is no zombie that only waits for its parent. */
  static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().isPresent();
  }

  long pid() {
    return process.pid();
  }

  String uri() {
    return uri;
  }

  Path serverDirectory() {
    return serverDirectory;
  }

  /** Returns the two shells that guard the server. */
  List<ProcessHandle> guards() {
    ProcessHandle guard = serverProcesses.getFirst();
    return serverProcesses.stream()
        .filter(
            candidate ->
                candidate.equals(guard)
                    || (candidate.parent().equals(Optional.of(guard))
                        && candidate.info().command().equals(guard.info().command())))
        .toList();
  }

  List<ProcessHandle> serverProcesses() {
    return serverProcesses;
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  void signal(String signal) throws IOException, InterruptedException {
    send(signal, Long.toString(process.pid()));
  }

  void signalGroup(String signal) throws IOException, InterruptedException {
    send(signal, "-" + process.pid());
  }

  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("The child did not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static void send(String signal, String target) throws IOException, InterruptedException {
    Command.Result result =
        Command.run(List.of("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, target));
    if (!result.succeeded()) {
      throw new AssertionError("kill: " + result.output());
    }
  }

  /** A process group like that of a terminal's command, in which Ctrl-C is not ignored. */
  private static List<String> ownGroup() {
    return Files.isExecutable(Path.of("/usr/bin/setsid"))
        ? List.of("setsid", "env", "--default-signal=INT,TERM")
        : List.of();
  }
}
