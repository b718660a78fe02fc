package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real engine, with the images that .ci/docker-engine makes. */
@Tag("docker")
@Timeout(240)
final class ContainerServerTest {

  @AfterEach
  void forget() {
    TestkitSettings.readFrom(name -> Optional.ofNullable(System.getProperty(name)));
  }

  @ParameterizedTest
  @CsvSource({"postgres:15, 15", "postgres:17-alpine, 17"})
  void handsOutDatabases(String image, String major) throws Exception {
    set(image);
    TestServer server = new TestServer(ServerChoice.open(Recipe.standard()), Recipe.standard());
    FreshDatabase fresh = server.take(Recipe.standard(), "test");
    String database = fresh.name();
    String url = Sql.uri(server.url(database));
    assertThat(Sql.ask(url, "SELECT current_user || count(*) FROM activities"))
        .isEqualTo("cruddur_app1");
    assertThat(Sql.ask(url, "SHOW server_version")).startsWith(major);
    assertThat(Sql.ask(url, "SHOW fsync")).isEqualTo("off");
    server.giveBack(fresh, Optional.empty());
    String left = "SELECT count(*) FROM pg_database WHERE datname = '" + database + "'";
    String other = Sql.uri(server.url(server.take(Recipe.standard(), "other").name()));
    assertThat(
            Waiting.uninterruptibly(
                Duration.ofSeconds(20), () -> "0".equals(askUnchecked(other, left))))
        .isTrue();
  }

  @Test
  @Timeout(30)
  void saysAtOnceThatAnImageIsMissing() {
    set("postgres:9.0-missing");
    assertThatThrownBy(() -> ServerChoice.open(Recipe.standard()))
        .isInstanceOf(TestDatabaseException.class)
        .hasMessageContaining(
            "The image postgres:9.0-missing is not on this machine. Run: docker pull postgres:9.0-missing.");
  }

  private static String askUnchecked(String url, String query) {
    try {
      return String.valueOf(Sql.ask(url, query));
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(String image) {
    Map<String, String> settings =
        Map.of("cruddur.testkit.server", "testcontainers", "cruddur.testkit.image", image);
    TestkitSettings.readFrom(name -> Optional.ofNullable(settings.get(name)));
  }
}
