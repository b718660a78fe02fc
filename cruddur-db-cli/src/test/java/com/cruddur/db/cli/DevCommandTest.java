package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCommandTest {

  // Root's server runs as nobody, who has to get there.
  @TempDir private Path parent;

  @Test
  void keepsItsDataAndTellsWhereItIsAndEndsAtCtrlC() throws Exception {
    parent.toFile().setExecutable(true, false);
    String directory = parent.resolve("dev").toString();
    CommandProcess first =
        CommandProcess.start(Map.of(), "dev", "--directory", directory, "--port", "0");
    String url = url(first);
    Map<String, String> environment = Map.of("CONNECTION_URL", url);
    assertThat(CommandProcess.run(environment, "info").out())
        .contains("environment     dev", "protected       no", "pending         none");
    assertThat(Files.getPosixFilePermissions(Path.of(directory, "connection-url"))).hasSize(2);

    CommandProcess.Result second =
        CommandProcess.run(Map.of(), "dev", "--directory", directory, "--port", "0");
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.out()).isEqualTo("export CONNECTION_URL='" + url + "'\n");
    assertThat(second.err()).contains("a server runs already", directory);

    CommandProcess.run(environment, "sync-cognito-ids", cognito().toString());
    interrupt(first);
    assertThat(CommandProcess.run(environment, "info").exitCode()).isEqualTo(1);

    CommandProcess again =
        CommandProcess.start(Map.of(), "dev", "--directory", directory, "--port", "0");
    Map<String, String> later = Map.of("CONNECTION_URL", url(again));
    assertThat(CommandProcess.run(later, "sync-cognito-ids", cognito().toString()).out())
        .contains("0 users updated, 1 unchanged");
    interrupt(again);
  }

  private Path cognito() throws Exception {
    return Files.writeString(
        parent.resolve("users.json"),
        """
        {"Users":[{"Username":"x","Attributes":[{"Name":"sub","Value":"id-1"},
          {"Name":"preferred_username","Value":"bayko"}]}]}""");
  }

  private static String url(CommandProcess dev) throws Exception {
    BufferedReader out = dev.process().inputReader();
    String line = out.readLine();
    assertThat(line)
        .as(dev.process().errorReader().readLine())
        .startsWith("export CONNECTION_URL='");
    return line.substring("export CONNECTION_URL='".length(), line.length() - 1);
  }

  private static void interrupt(CommandProcess dev) throws Exception {
    new ProcessBuilder("kill", "-s", "INT", "--", "-" + dev.process().pid()).start().waitFor();
    assertThat(dev.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(dev.process().exitValue()).isEqualTo(130);
  }
}
