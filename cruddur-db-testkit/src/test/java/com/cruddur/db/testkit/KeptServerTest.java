package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class KeptServerTest {

  @TempDir private Path temp;
  private Path directory = Path.of("");

  @BeforeEach
  void openTheWay() {
    directory = LocalPostgresTest.makeDirectory(temp.resolve("it's mine")).resolve("dev database");
  }

  @Test
  void continuesWithItsData() throws SQLException {
    try (LocalPostgres server = LocalPostgres.builder().keptIn(directory).start()) {
      Sql.run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      assertThat(Sql.ask(server, "SHOW fsync")).isEqualTo("on");
    }
    assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    try (LocalPostgres server = LocalPostgres.builder().keptIn(directory).start()) {
      assertThat(Sql.ask(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void continuesAfterItsServerCrashed() throws SQLException {
    try (LocalPostgres server = LocalPostgres.builder().keptIn(directory).start()) {
      Sql.run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      RunningServer.of(server.directory().resolve("data"))
          .orElseThrow()
          .process()
          .destroyForcibly();
    }
    try (LocalPostgres server = LocalPostgres.builder().keptIn(directory).start()) {
      assertThat(Sql.ask(server, "SELECT answer FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void keepsItsDataWhenItsJvmIsKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start("kept", directory.toString()).awaitServer()) {
      child.signal("KILL");
      ServerLifetimeTest.assertProcessesEnd(child);
    }
    try (LocalPostgres server = LocalPostgres.builder().keptIn(directory).start()) {
      assertThat(Sql.ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void isNotSharedByTwoServers() throws Exception {
    LocalPostgres.Builder builder = LocalPostgres.builder().keptIn(directory);
    try (LocalPostgres server = builder.start()) {
      assertThatThrownBy(builder::start)
          .isInstanceOf(LocalPostgresException.class)
          .hasMessageContaining("in use by another server");
      // The attempt must not have cost us the lock, which would make our server an orphan to stop.
      try (ChildJvm child = ChildJvm.start("kept", directory.toString())) {
        child.awaitEnd();
      }
      assertThat(Sql.ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesTheDataOfAnotherMajorVersion() throws Exception {
    LocalPostgres.Builder builder = LocalPostgres.builder().keptIn(directory);
    builder.start().close();
    Files.writeString(directory.resolve("data/PG_VERSION"), "9\n");
    assertThatThrownBy(builder::start).hasMessageContaining("was made by PostgreSQL 9");
  }

  @Test
  void refusesADataDirectoryItself() throws Exception {
    LocalPostgres.Builder builder = LocalPostgres.builder().keptIn(directory);
    builder.start().close();
    LocalPostgres.Builder inside = LocalPostgres.builder().keptIn(directory.resolve("data"));
    assertThatThrownBy(inside::start).hasMessageContaining("own data directory");
  }
}
