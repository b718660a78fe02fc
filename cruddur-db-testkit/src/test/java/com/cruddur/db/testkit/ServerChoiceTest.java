package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ServerChoiceTest {

  @TempDir private Path temp;

  @AfterEach
  void forget() {
    TestkitSettings.readFrom(name -> Optional.ofNullable(System.getProperty(name)));
  }

  @Test
  void listsWhatWasTriedAndHowToMendEach() throws IOException {
    Path file = Files.createFile(temp.resolve("no directory"));
    set(
        Map.of(
            "cruddur.testkit.cache", file.toString(), "cruddur.testkit.image", "no.such/image:1"));
    assertThatThrownBy(() -> ServerChoice.open(Recipe.standard()))
        .isInstanceOf(TestDatabaseException.class)
        .hasMessageContaining("There is no server for the databases of tests")
        .hasMessageContaining("- embedded: ")
        .hasMessageContaining(file + " is not writable, or not ours alone. Choose another")
        .hasMessageContaining("- testcontainers: ")
        .hasMessageContaining("- url: not tried. Set CRUDDUR_TEST_URL to the address")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
  }

  @Test
  void triesNothingButWhatWasChosen() throws IOException {
    Path file = Files.createFile(temp.resolve("no directory"));
    set(Map.of("cruddur.testkit.server", "embedded", "cruddur.testkit.cache", file.toString()));
    assertThatThrownBy(() -> ServerChoice.open(Recipe.standard()))
        .hasMessageContaining("- embedded: ")
        .hasMessageNotContaining("- testcontainers: ");
    set(Map.of("cruddur.testkit.server", "url"));
    assertThatThrownBy(() -> ServerChoice.open(Recipe.standard()))
        .hasMessageContaining("- url: ")
        .hasMessageContaining("CRUDDUR_TEST_URL is not set")
        .hasMessageNotContaining("- embedded: ");
  }

  @Test
  void namesTheKindsThatThereAre() {
    set(Map.of("cruddur.testkit.server", "docker"));
    assertThatThrownBy(() -> ServerChoice.open(Recipe.standard()))
        .hasMessage(
            "cruddur.testkit.server is 'docker'. Set it to one of url, embedded, testcontainers, or leave it out.");
  }

  @Test
  void usesTheServerThatAVariableNames() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start()) {
      ProcessBuilder builder = new ProcessBuilder();
      builder.environment().put("CRUDDUR_TEST_URL", Sql.uri(postgres));
      try (ChildJvm child =
          ChildJvm.start(
                  builder, java.util.List.of(), ChildJvm.classPath(), "shared", temp.toString())
              .awaitServer()) {
        assertThat(child.uri()).contains(":" + postgres.port() + "/");
        assertThat(Sql.ask(child.uri(), "SELECT count(*) FROM activities")).isEqualTo("1");
        child.endInput();
        child.awaitEnd();
        // The server stays, so its databases must not.
        assertThat(
                Sql.ask(
                    postgres, "SELECT count(*) FROM pg_database WHERE datname ~ '^cruddur_test_'"))
            .isEqualTo("0");
      }
    }
  }

  private static void set(Map<String, String> settings) {
    TestkitSettings.readFrom(name -> Optional.ofNullable(settings.get(name)));
  }
}
