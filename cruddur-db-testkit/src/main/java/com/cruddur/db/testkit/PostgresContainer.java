package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * A container of this JVM's own, or one that stays for the next if that is wanted and
 * Testcontainers is set up for it. To be loaded only where Testcontainers is on the class path.
 */
final class PostgresContainer {

  private static final String DEFAULT_IMAGE = "postgres:18-alpine";
  private static final String DATA = "/pgdata";
  private static final String RYUK = "testcontainers/ryuk";

  private PostgresContainer() {}

  static OpenServer open() {
    DockerClientFactory docker = DockerClientFactory.instance();
    if (!docker.isDockerAvailable()) {
      throw new TestDatabaseException(
          "Docker cannot be reached. Start it, or set DOCKER_HOST to where it listens.");
    }
    String image = TestkitSettings.find("image").orElse(DEFAULT_IMAGE);
    DockerClient client = docker.client();
    requireImage(client, image);
    requireRyuk(client);
    try {
      return start(image);
    } catch (RuntimeException failure) {
      throw new TestDatabaseException(
          "The container of " + image + " did not start. See what Testcontainers logged", failure);
    }
  }

  /** Testcontainers itself would try for minutes to pull it. */
  private static void requireImage(DockerClient client, String image) {
    String name =
        ImageNameSubstitutor.instance().apply(DockerImageName.parse(image)).asCanonicalNameString();
    try {
      client.inspectImageCmd(name).exec();
    } catch (NotFoundException missing) {
      throw new TestDatabaseException(
          "The image %1$s is not on this machine. Run: docker pull %1$s. Or name another in cruddur.testkit.image."
              .formatted(name));
    }
  }

  private static void requireRyuk(DockerClient client) {
    if (Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
      return;
    }
    boolean present =
        client.listImagesCmd().exec().stream()
            .map(image -> image.getRepoTags())
            .filter(Objects::nonNull)
            .flatMap(tags -> Arrays.stream(tags))
            .anyMatch(tag -> tag.contains(RYUK));
    if (!present) {
      throw new TestDatabaseException(
          "The image %s, by which Testcontainers removes containers, is not on this machine. Run: docker pull %s:… of the version that your Testcontainers names. Or set TESTCONTAINERS_RYUK_DISABLED=true."
              .formatted(RYUK, RYUK));
    }
  }

  private static OpenServer start(String image) {
    boolean reuse = TestkitSettings.find("reuse").map(Boolean::parseBoolean).orElse(false);
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
            .withDatabaseName("postgres")
            .withUsername("postgres")
            // Containers are found again by all that they were made of.
            .withPassword(reuse ? "cruddur" : randomPassword())
            .withEnv("PGDATA", DATA)
            .withTmpFs(Map.of(DATA, "rw"))
            .withReuse(reuse);
    container.setCommand(command());
    container.start();
    return OpenServer.of(new DatabaseServer(url(container), false));
  }

  private static String[] command() {
    return Stream.concat(
            Stream.of("postgres"),
            Stream.of(
                    "fsync=off",
                    "synchronous_commit=off",
                    "full_page_writes=off",
                    "autovacuum=off",
                    "wal_level=minimal",
                    "max_wal_senders=0",
                    "max_connections=200")
                .flatMap(setting -> Stream.of("-c", setting)))
        .toArray(String[]::new);
  }

  private static ConnectionUrl url(PostgreSQLContainer container) {
    return ConnectionUrl.parse(
        "postgresql://postgres:%s@%s:%d/postgres?sslmode=disable"
            .formatted(
                container.getPassword(),
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)));
  }

  private static String randomPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
