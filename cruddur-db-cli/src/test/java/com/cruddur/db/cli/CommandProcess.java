package com.cruddur.db.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The command line as a process of its own, as a shell starts it. */
final class CommandProcess {

  /** What a command printed and how it ended. In a terminal both kinds of output are in out. */
  record Result(int exitCode, String out, String err) {}

  private final Process process;

  private CommandProcess(Process process) {
    this.process = process;
  }

  static CommandProcess start(Map<String, String> environment, String... arguments)
      throws IOException {
    // A process group of its own, in which Ctrl-C is not ignored, as in a terminal.
    List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT,TERM"));
    command.addAll(java(arguments));
    return start(environment, command);
  }

  private static CommandProcess start(Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("CONNECTION_URL");
    builder.environment().remove("NO_COLOR");
    builder.environment().remove("COLUMNS");
    // Names of any language in the environment and among the arguments; the launcher sees to it.
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start());
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static Result run(Map<String, String> environment, String... arguments) throws Exception {
    return start(environment, arguments).await();
  }

  /** Runs a command in a pseudo-terminal so many columns wide. */
  static Result runInTerminal(int columns, Map<String, String> environment, String... arguments)
      throws Exception {
    String line =
        "stty cols "
            + columns
            + "; exec "
            + java(arguments).stream().map(Printable::quoted).collect(Collectors.joining(" "));
    CommandProcess process =
        start(environment, List.of("script", "--quiet", "--return", "-c", line, "/dev/null"));
    Result result = process.await();
    return new Result(result.exitCode(), result.out().replace("\r\n", "\n"), result.err());
  }

  /** Runs a command that reads standard input. */
  static Result runWithInput(String input, Map<String, String> environment, String... arguments)
      throws Exception {
    CommandProcess process = start(environment, arguments);
    try (OutputStream in = process.process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return process.await();
  }

  Process process() {
    return process;
  }

  Result await() throws Exception {
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The command did not end. It said: " + err.get());
    }
    return new Result(process.exitValue(), out.get(), err.get());
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }
}
