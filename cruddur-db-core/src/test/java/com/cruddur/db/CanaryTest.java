package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.aws.FakeSecretsManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    assertNoSecret(shown);
  }

  @Test
  void neverShowsWhatAProviderAnswers(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), CANARY);
    StringBuilder shown = new StringBuilder();
    try (SecureServer server = new SecureServer();
        FakeSecretsManager service = new FakeSecretsManager()) {
      server.execute("CREATE ROLE ann LOGIN PASSWORD '" + CANARY + "'", "CREATE ROLE bob LOGIN");
      service.store("ann", CANARY);
      Map<String, String> secret = new HashMap<>(FakeSecretsManager.KEYS);
      secret.put("CANARY_ENDPOINT", service.endpoint().toString());
      secret.put("CANARY_SECRET", FakeSecretsManager.SECRET);
      Map<String, String> token = new HashMap<>(FakeSecretsManager.KEYS);
      token.put("CANARY_IAM", "yes");
      token.put("AWS_SESSION_TOKEN", CANARY);
      secret.put("AWS_SESSION_TOKEN", CANARY);
      String url = "postgresql://%s@localhost:" + server.port() + "/postgres?sslmode=require";
      String ann = url.formatted("ann");
      String bob = url.formatted("bob");
      shown.append(output(folder, "trace", Map.of("CANARY_FILE", file.toString()), ann, bob));
      shown.append(output(folder, "trace", secret, ann));
      service.store("bob", CANARY);
      shown.append(output(folder, "trace", secret, ann));
      shown.append(output(folder, "trace", token, ann));
    }
    assertThat(shown)
        .contains("connected 1", "as user bob: ", "28P01", "FileCredentials[", "FINEST:")
        .contains("SecretsManagerCredentials[cruddur/", "RdsIamCredentials[");
    assertNoSecret(shown.toString());
    assertThat(shown.toString()).doesNotContain("X-Amz-Signature=");
  }

  @Test
  void neverShowsThePasswordWhateverFails(@TempDir Path folder) throws Exception {
    String shown;
    try (SecureServer server = new SecureServer()) {
      server.execute(
          "CREATE ROLE ann LOGIN PASSWORD '" + CANARY + "'",
          "CREATE ROLE few LOGIN PASSWORD '" + CANARY + "' CONNECTION LIMIT 0",
          "CREATE TABLE canary (number int)",
          "GRANT ALL ON canary TO ann");
      String rest = ":" + ENCODED + "@localhost:" + server.port() + "/postgres";
      String ann = "postgresql://ann" + rest;
      String few = "postgresql://few" + rest;
      shown = output(CanaryFaults.class, folder, "trace", Map.of(), ann, few);
    }
    assertThat(shown)
        .contains("57014", "SQLSTATE 08006", "55P03", "57P01", "53300", "idle-in-transaction")
        .contains("CommitOutcomeUnknownException", "request timed out after 1", "in time")
        .doesNotContain("did not fail");
    assertNoSecret(shown);
  }

  @Test
  void neverShowsThePasswordWhenACertificateIsRefused(@TempDir Path folder) throws Exception {
    StringBuilder shown = new StringBuilder();
    try (SecureServer server = new SecureServer()) {
      String root = "" + server.rootCertificate(server.authority);
      String unknown = "" + server.rootCertificate(TestCertificate.authority("Unknown"));
      String url =
          "postgresql://ann:"
              + ENCODED
              + "@localhost:"
              + server.port()
              + "/postgres?sslmode=verify-full&sslrootcert=";
      server.show(server.authority.sign("other.example", Duration.ofDays(1)));
      shown.append(output(folder, "trace", Map.of(), url + root, url + unknown, url + "/no/file"));
      server.show(server.authority.sign("localhost", Duration.ofHours(-1)));
      String plain = TestServer.url() + "?sslmode=require";
      shown.append(
          output(
              folder,
              "trace",
              Map.of(),
              url + root,
              plain.replace("postgres:***", "ann:" + ENCODED)));
    }
    assertThat(shown)
        .contains("could not be verified", "authority that is not trusted here", "has expired")
        .contains("does not support SSL", "/no/file");
    assertNoSecret(shown.toString());
  }

  private static void assertNoSecret(String shown) {
    SecretForms.assertNotIn(shown, CANARY, "Kan4rie", "Vo9gel");
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
    return output(CanaryProgram.class, folder, level, environment, urls);
  }

  private static String output(
      Class<?> program, Path folder, String level, Map<String, String> environment, String... urls)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
    if (level.equals("trace")) {
      command.add("-Djava.util.logging.config.file=" + logEverything(folder));
      // The SDK's signer writes the token of the AWS session into its own log; the guide says so.
      command.add("-Dorg.slf4j.simpleLogger.log.software.amazon.awssdk=info");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
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
