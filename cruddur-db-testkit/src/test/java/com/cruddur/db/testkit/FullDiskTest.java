package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cache and a server on a small disk. Root mounts one. */
@Tag("faults")
@Timeout(240)
final class FullDiskTest {

  private static final Recipe RECIPE = new Recipe(List.of());

  @TempDir private Path temp;
  private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    disk = LocalPostgresTest.makeDirectory(temp.resolve("small disk"));
    run("mount", "-t", "tmpfs", "-o", "mode=755,size=50m", "tmpfs", disk.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void leavesNoRoomForTheProgramsAndSaysSo() throws IOException {
    assertThatThrownBy(() -> Installation.open(disk))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
    assertThat(directories()).isEmpty();
  }

  @Test
  void leavesNoRoomForTheClusterUntilThereIsMore() throws Exception {
    Installation common = Installation.open(null);
    Installation small = new Installation(common.user(), new Cache(disk), common.binaries());
    Path filler = Files.write(disk.resolve("filler"), new byte[40 << 20]);
    assertThatThrownBy(() -> SharedServer.open(small, RECIPE))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("make room");
    assertThat(directories()).isEmpty();
    Files.delete(filler);
    run("mount", "-o", "remount,size=200m", disk.toString());
    SharedServer server = SharedServer.open(small, RECIPE);
    server.leave();
    assertThat(directories()).hasSize(2);
  }

  @Test
  void isEmptyAgainAfterDatabasesHaveFilledIt() throws Exception {
    try (LocalPostgres server = LocalPostgres.builder().throwawayIn(disk).start()) {
      assertThatThrownBy(
              () -> {
                for (int number = 0; number < 10; number++) {
                  Sql.run(server, "CREATE DATABASE copy_" + number);
                }
              })
          .isInstanceOf(SQLException.class);
    }
    assertThat(directories()).isEmpty();
  }

  private List<Path> directories() throws IOException {
    try (Stream<Path> paths = Files.list(disk)) {
      return paths.filter(Files::isDirectory).toList();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Command.Result result = Command.run(List.of(command));
    assertThat(result.succeeded()).as(result.output()).isTrue();
  }
}
