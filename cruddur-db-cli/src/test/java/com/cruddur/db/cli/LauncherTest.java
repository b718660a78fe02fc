package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a copy of the project that holds a jar of the test's own. */
class LauncherTest {

  private static final String URL = "postgresql://u:canary%2177@127.0.0.1:1/cr%C3%BCddur";

  @TempDir private Path root;

  @BeforeEach
  void makeProject() throws Exception {
    Path original = Path.of("..", "bin", "cruddur-db");
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("cruddur-db-cli/target"));
    Files.copy(
        Files.exists(original) ? original : Path.of("bin", "cruddur-db"),
        root.resolve("bin/cruddur-db"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.setLastModifiedTime(root.resolve("pom.xml"), FileTime.from(Instant.EPOCH));
    Path sources = Files.createDirectories(root.resolve("echo"));
    Path source =
        Files.writeString(
            sources.resolve("Echo.java"),
            """
            public class Echo {
              public static void main(String[] arguments) throws Exception {
                String line = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/cmdline"));
                System.out.println(line.contains("canary") ? "shown" : "hidden");
                for (String argument : arguments) {
                  String value = argument.startsWith("env:") ? System.getenv(argument.substring(4)) : argument;
                  System.out.write((value + "\\n").getBytes("UTF-8"));
                }
              }
            }
            """);
    Path manifest = Files.writeString(sources.resolve("MANIFEST"), "Main-Class: Echo\n");
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    run(Map.of(), bin.resolve("javac").toString(), "-d", sources.toString(), source.toString());
    run(
        Map.of(),
        bin.resolve("jar").toString(),
        "--create",
        "--file=" + jar(),
        "--manifest=" + manifest,
        "-C",
        sources.toString(),
        "Echo.class");
  }

  @Test
  void keepsAddressesOutOfTheProcessListAndArgumentsAsTheyAre() throws Exception {
    String plain = "it's \"a\" $HOME * \\ ü";
    for (String locale : new String[] {"C", "C.UTF-8", "POSIX"}) {
      assertThat(launch(Map.of("LC_ALL", locale), "info", "--url", URL, "--url=" + URL, "", plain))
          .isEqualTo(
              String.join("\n", "hidden", "info", "--url", URL, "--url=" + URL, "", plain) + "\n");
    }
  }

  @Test
  void startsWhateverLiesInPlaceOfTheArchive() throws Exception {
    String expected = "hidden\ndemo\n";
    assertThat(launch(Map.of(), "url")).isEqualTo("hidden\nurl\n");
    assertThat(archive()).doesNotExist();
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);
    assertThat(archive()).exists();
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);

    byte[] whole = Files.readAllBytes(archive());
    Files.write(archive(), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);
    Files.writeString(archive(), "no archive");
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);
    Files.write(archive(), new byte[0]);
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);

    Files.deleteIfExists(archive());
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);
    assertThat(archive()).exists();
    Files.delete(archive());
    Files.createDirectory(archive());
    assertThat(launch(Map.of(), "demo")).isEqualTo(expected);
  }

  private Path jar() {
    return root.resolve("cruddur-db-cli/target/cruddur-db-cli-1-all.jar");
  }

  private Path archive() {
    return root.resolve("cruddur-db-cli/target/cruddur-db-cli-1-all.jsa");
  }

  private String launch(Map<String, String> environment, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(root.resolve("bin/cruddur-db").toString()));
    line.addAll(List.of(arguments));
    return run(environment, line.toArray(String[]::new));
  }

  private static String run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(out).isZero();
    return out;
  }
}
