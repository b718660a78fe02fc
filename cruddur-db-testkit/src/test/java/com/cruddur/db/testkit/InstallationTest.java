package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
final class InstallationTest {

  @TempDir private Path temp;
  private Path cache = Path.of("");

  @BeforeEach
  void openTheWay() {
    cache = LocalPostgresTest.makeDirectory(temp.resolve("cache with space"));
  }

  @Test
  void unpacksDamagedBinariesAgain() throws Exception {
    start();
    Path binaries = entries().getFirst();
    Files.delete(binaries.resolve("bin/postgres"));
    start();
    Files.writeString(binaries.resolve("bin/initdb"), "");
    start();
    assertThat(binaries.resolve("bin/initdb")).isNotEmptyFile();
  }

  @Test
  void makesADamagedClusterAgain() throws Exception {
    start();
    Path cluster = entries().getLast();
    Files.delete(cluster.resolve("data/pg_hba.conf"));
    start();
    assertThat(cluster.resolve("data/pg_hba.conf")).isNotEmptyFile();
  }

  @Test
  void isSharedByJvmsThatStartTogether() throws Exception {
    try (ChildJvm one = ChildJvm.start("cache", cache.toString());
        ChildJvm other = ChildJvm.start("cache", cache.toString())) {
      one.awaitServer();
      other.awaitServer();
      assertThat(Sql.ask(one.uri(), "SELECT 1")).isEqualTo("1");
      assertThat(Sql.ask(other.uri(), "SELECT 1")).isEqualTo("1");
      assertThat(entries()).hasSize(2);
    }
  }

  private void start() throws SQLException {
    try (LocalPostgres server = LocalPostgres.builder().cacheDirectory(cache).start()) {
      // An extension is a library that the server loads from the cache.
      Sql.run(server, "CREATE EXTENSION \"uuid-ossp\"");
      assertThat(Sql.ask(server, "SELECT uuid_generate_v4()")).hasSize(36);
    }
  }

  /** Returns the binaries, then the cluster. */
  private List<Path> entries() throws Exception {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
