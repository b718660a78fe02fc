package com.example.feedservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** No Docker is needed here: what the files say fits together. */
class ComposeTest {

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> map, String key) {
    return (Map<String, Object>) map.get(key);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> services() throws IOException {
    String text = Files.readString(Path.of("compose.yaml"));
    Object file = new Load(LoadSettings.builder().build()).loadFromString(text);
    return at((Map<String, Object>) file, "services");
  }

  @Test
  void leadsTheServiceToTheDatabaseBesideIt() throws IOException {
    Map<String, Object> environment = at(at(services(), "backend"), "environment");
    String text = (String) environment.get("CONNECTION_URL");
    assertThat(text).isEqualTo("postgresql://postgres:password@db:5432/cruddur");
    ConnectionUrl url = ConnectionUrl.parse(text);
    assertThat(url.hosts()).containsExactly(new ConnectionUrl.HostPort("db", 5432));
    Map<String, Object> db = at(at(services(), "db"), "environment");
    assertThat(db)
        .containsEntry("POSTGRES_USER", url.user().orElseThrow())
        .containsEntry("POSTGRES_PASSWORD", url.password().orElseThrow())
        .containsEntry("POSTGRES_DB", url.database());
    assertThat(at(at(services(), "backend"), "depends_on")).containsKey("db");
  }

  @Test
  void startsTheServiceWithArgumentsAndAPortThatItKnows() throws IOException {
    Map<String, Object> backend = at(services(), "backend");
    List<?> command = (List<?>) backend.get("command");
    Settings settings =
        Settings.of(
            ConnectionUrl.parse((String) at(backend, "environment").get("CONNECTION_URL")),
            Arrays.asList(command.toArray(String[]::new)),
            Map.of("PORT", (String) at(backend, "environment").get("PORT")));
    assertThat(settings.migrate()).isTrue();
    assertThat(backend.get("ports")).asString().endsWith(settings.port() + "]");
    String stop = (String) backend.get("stop_grace_period");
    assertThat(Integer.parseInt(stop.replace("s", "")))
        .isGreaterThan(Settings.LONGEST_STOP_SECONDS);
  }
}
