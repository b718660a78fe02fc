package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of these tests in a JVM of its own, where nothing has been loaded or set yet. */
final class ForkedJvm {

  private static final long LONGEST_SECONDS = 60;

  private ForkedJvm() {}

  /** Returns what the program printed, once it has ended well. */
  static String run(Path folder, List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return run(folder, List.of(), options, program, arguments);
  }

  /** Does the same with folders that come first on the class path. */
  static String run(
      Path folder, List<Path> first, List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(first), program.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String printed = Files.readString(output);
    assertThat(ended).as("ended within " + LONGEST_SECONDS + " s: " + printed).isTrue();
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static String classPath(List<Path> first) {
    List<String> all = new ArrayList<>(first.stream().map(Path::toString).toList());
    all.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, all);
  }
}
