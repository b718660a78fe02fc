package com.example.feedservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.PoolFactory;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.LocalPostgres;
import com.zaxxer.hikari.HikariDataSource;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back under the running service. */
class RestartTest {

  private static final Duration LONGEST = Duration.ofSeconds(15);

  @Test
  void answersWith503AndGoesOnByItself(@TempDir Path directory) throws Exception {
    // Where tests run as root, the server runs as nobody, and has to get through.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    LocalPostgres.Builder builder = LocalPostgres.builder().keptIn(directory.resolve("data"));
    LocalPostgres server = builder.start();
    try (ServiceProcess service = migrated(server)) {
      Client client = service.client();
      assertThat(client.get("/api/activities/home").statusCode()).isEqualTo(200);
      server.close();
      assertThat(statuses(client, 503)).isSubsetOf(200, 503);
      assertThat(client.get("/api/health-check").statusCode()).isEqualTo(503);
      server = builder.port(server.port()).start();
      assertThat(statuses(client, 200)).isSubsetOf(200, 503);
      assertThat(client.get("/api/health-check").statusCode()).isEqualTo(200);
      assertThat(service.log())
          .containsOnlyOnce("is answered with 503")
          .containsOnlyOnce("the database answers again")
          .containsOnlyOnce("the database is down")
          .containsOnlyOnce("the database is up again")
          .doesNotContain("ERROR", server.url().password().orElseThrow());
    } finally {
      server.close();
    }
  }

  private static ServiceProcess migrated(LocalPostgres server) throws Exception {
    try (HikariDataSource pool = PoolFactory.create(server.url())) {
      Migrations.of(pool).migrate();
    }
    return ServiceProcess.on(ServiceProcess.uri(server.url()), Map.of());
  }

  /** Asks until the wanted status comes, and returns all that came. */
  private static Set<Integer> statuses(Client client, int wanted) {
    Set<Integer> statuses = new TreeSet<>();
    Instant end = Instant.now().plus(LONGEST);
    while (!statuses.contains(wanted) && Instant.now().isBefore(end)) {
      HttpResponse<String> answer = client.get("/api/activities/home");
      statuses.add(answer.statusCode());
    }
    assertThat(statuses).contains(wanted);
    return statuses;
  }
}
