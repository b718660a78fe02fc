package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program shows and logs in all, in a JVM of its own. */
class CanaryTest {

  private static final String CANARY = "Kan4rie/Vo9gel@x";
  private static final String ENCODED = "Kan4rie%2FVo9gel%40x";

  @Test
  void neverShowsThePasswordEvenInTraces(@TempDir Path folder) throws Exception {
    String shown;
    try (SecureServer server = new SecureServer()) {
      server.execute("CREATE ROLE ann LOGIN PASSWORD '" + CANARY + "'");
      String secure = "postgresql://%s:%s@localhost:" + server.port() + "/%s";
      shown =
          output(
              folder,
              "trace",
              Map.of(),
              secure.formatted("ann", ENCODED, "postgres"),
              secure.formatted("nobody", ENCODED, "postgres"),
              secure.formatted("ann", ENCODED, "nowhere"),
              secure.formatted("ann", ENCODED, "postgres?sslrootcert=system"),
              "postgresql://ann:" + ENCODED + "@127.0.0.1:1/d?sslpassword=" + ENCODED,
              "postgresql://ann:" + ENCODED + "@no-such-host.invalid/d");
    }
    assertThat(shown)
        .contains("connected 1", "42P01", "28P01", "3D000", "nothing listens there", "DEBUG")
        .contains("FINEST:", "host name is unknown", "PoolName", "ThreadsAwaitingConnection");
    for (String part : List.of(CANARY, "Kan4rie", "Vo9gel")) {
      byte[] octets = part.getBytes(UTF_8);
      assertThat(shown)
          .doesNotContain(part)
          .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(octets));
    }
    assertThat(shown.toLowerCase(Locale.ROOT)).doesNotContain(ENCODED.toLowerCase(Locale.ROOT));
  }

  @Test
  void looksForNoPasswordElsewhereAndLogsNothingOfJooq(@TempDir Path folder) throws Exception {
    Path passwords = Files.writeString(folder.resolve("pgpass"), "*:*:*:*:" + CANARY + "\n");
    Files.setPosixFilePermissions(
        passwords, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    String shown;
    try (SecureServer server = new SecureServer()) {
      server.execute("CREATE ROLE ann LOGIN PASSWORD '" + CANARY + "'");
      shown =
          output(
              folder,
              "info",
              Map.of("PGPASSFILE", passwords.toString(), "PGPASSWORD", CANARY, "PGDATABASE", "x"),
              "postgresql://ann@localhost:" + server.port() + "/postgres",
              TestServer.migratedDatabase().toString().replace("***", "postgres"));
    }
    assertThat(shown).contains("/postgres as user ann", "SQLSTATE 08004", "connected 1");
    assertThat(shown.toLowerCase(Locale.ROOT)).doesNotContain("org.jooq", "tip of the day");
  }

  private static String output(
      Path folder, String level, Map<String, String> environment, String... urls)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
    if (level.equals("trace")) {
      command.add("-Djava.util.logging.config.file=" + logEverything(folder));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(CanaryProgram.class.getName());
    command.addAll(List.of(urls));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    int exit = builder.redirectOutput(output.toFile()).start().waitFor();
    assertThat(exit).as(() -> read(output)).isZero();
    return read(output);
  }

  /** The driver logs through java.util.logging. */
  private static Path logEverything(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("logging.properties"),
        """
        handlers = java.util.logging.ConsoleHandler
        java.util.logging.ConsoleHandler.level = ALL
        org.postgresql.level = ALL
        """);
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
