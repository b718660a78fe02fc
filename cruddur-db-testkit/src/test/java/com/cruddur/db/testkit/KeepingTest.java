package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class KeepingTest {

  private static final Pattern PSQL = Pattern.compile("psql '(.*)\\?passfile=(.*)'");

  @TempDir private static Path temp;

  @Test
  @Tag("faults")
  void letsTheDatabaseOfAFailedTestOutliveItsJvmForATime() throws Exception {
    Path cache = LocalPostgresTest.makeDirectory(temp.resolve("cache of its own"));
    TestCache.open(cache);
    String output = failIn(cache);
    MatchResult printed = PSQL.matcher(output).results().findFirst().orElseThrow();
    Path passwordFile = Path.of(URLDecoder.decode(printed.group(2), StandardCharsets.UTF_8));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passwordFile)))
        .isEqualTo("rw-------");
    String password = Files.readString(passwordFile).strip().replaceAll(".*:", "");
    assertThat(output).doesNotContain(password);
    assertThat(handles(printed.group(1), password)).contains("andrewbrown", "of_a_failed_test");
    assertThat(output).contains("is kept for");
    assertThat(
            Waiting.uninterruptibly(
                Duration.ofSeconds(60), () -> Files.notExists(passwordFile.getParent())))
        .as("the server and its data are gone")
        .isTrue();
  }

  @Test
  @Tag("external")
  void letsPsqlIn() throws Exception {
    Path cache = LocalPostgresTest.makeDirectory(temp.resolve("cache for psql"));
    TestCache.open(cache);
    MatchResult printed = PSQL.matcher(failIn(cache)).results().findFirst().orElseThrow();
    String command = printed.group() + " -w -Atc 'SELECT handle FROM users'";
    assertThat(Command.run(List.of("/bin/sh", "-c", command)).output())
        .contains("of_a_failed_test");
  }

  @Test
  void isOffByDefaultAndOnBuildServers() {
    assertThat(Keeping.of(Optional.empty(), Map.of()).oneMore()).isFalse();
    assertThat(Keeping.of(Optional.of("never"), Map.of()).oneMore()).isFalse();
    Keeping ci = Keeping.of(Optional.of("on-failure"), Map.of("CI", "true"));
    assertThat(ci.oneMore()).isFalse();
    assertThat(ci.fate(false)).isEqualTo("is dropped now: CI is set");
  }

  @Test
  void keepsTenOfARun() {
    Keeping keeping = Keeping.of(Optional.of("on-failure"), Map.of("CI", "false"));
    for (int i = 0; i < Keeping.MOST; i++) {
      assertThat(keeping.oneMore()).isTrue();
    }
    assertThat(keeping.oneMore()).isFalse();
    assertThat(keeping.fate(false)).contains("10 of this run are kept already");
  }

  @Test
  void namesAnUnknownValue() {
    assertThatThrownBy(() -> Keeping.of(Optional.of("always"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"always\"", "on-failure");
  }

  /** Runs a failing test in a JVM of its own, and returns what it printed before it ended. */
  private static String failIn(Path cache) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dcruddur.testkit.keep=on-failure",
            "-Dcruddur.testkit.cache=" + cache,
            "-cp",
            ChildJvm.classPath(),
            FailingJvm.class.getName());
    builder.environment().remove("CI");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static List<String> handles(String address, String password) {
    ConnectionUrl url =
        ConnectionUrl.parse(address.replaceFirst("@", ":" + password + "@") + "?sslmode=disable");
    try (CruddurDb db = CruddurDb.open(url)) {
      return db.dsl().fetch("SELECT handle FROM users").getValues(0, String.class);
    }
  }

  /** The other JVM. */
  static final class FailingJvm {
    public static void main(String[] arguments) {
      Keeping.time = Duration.ofSeconds(20);
      InnerTests.run(Failing.class);
    }
  }

  @CruddurTest
  static class Failing {
    @Test
    void fails(SeedData seed) {
      seed.user("of_a_failed_test");
      throw new IllegalStateException("as it should");
    }
  }
}
