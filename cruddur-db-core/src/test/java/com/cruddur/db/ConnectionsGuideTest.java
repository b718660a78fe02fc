package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConnectionsGuideTest {

  @Test
  void hasTheTableOfTheSettings() throws IOException {
    String table =
        Arrays.stream(PoolSetting.values())
            .map(PoolSetting::documentation)
            .collect(Collectors.joining("\n", "|---|---|---|---|---|\n", "\n\n"));
    assertThat(Files.readString(Path.of("..", "docs", "connections.md"))).contains(table);
  }

  @Test
  void knowsABuilderMethodForEachSetting() {
    assertThat(PoolSettings.Builder.class.getMethods())
        .extracting(java.lang.reflect.Method::getName)
        .containsAll(Arrays.stream(PoolSetting.values()).map(PoolSetting::label).toList());
  }
}
