package com.cruddur.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/** A standby of a running server: a copy of its files that follows it by streaming. */
final class StandbyServer implements AutoCloseable {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private final String primary;
  private final Path folder;
  private final Path postgres;
  final int port;
  private Process process;

  StandbyServer(int primaryPort, Path folder, int port) throws Exception {
    this.primary = "jdbc:postgresql://localhost:" + primaryPort + "/postgres?user=postgres";
    this.folder = folder;
    this.port = port;
    try (Connection connection = DriverManager.getConnection(primary);
        Statement statement = connection.createStatement()) {
      boolean since15 = connection.getMetaData().getDatabaseMajorVersion() >= 15;
      Path original = Path.of(text(statement, "SHOW data_directory"));
      postgres = Path.of(Files.readString(original.resolve("postmaster.opts")).split(" ")[0]);
      statement.execute(
          since15
              ? "SELECT pg_backup_start('x', true)"
              : "SELECT pg_start_backup('x', true, false)");
      copy(original);
      String label =
          text(
              statement,
              since15
                  ? "SELECT labelfile FROM pg_backup_stop(false)"
                  : "SELECT labelfile FROM pg_stop_backup(false, false)");
      Files.writeString(folder.resolve("backup_label"), label);
    }
    Files.writeString(folder.resolve("standby.signal"), "");
    Files.writeString(
        folder.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=localhost user=postgres port=" + primaryPort + "'\n");
    start();
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** What the server removes meanwhile is none of the backup's. */
  private void copy(Path original) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = folder.resolve(original.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.endsWith("postmaster.pid")) {
          Files.copy(file, target);
        }
      }
    } catch (UncheckedIOException | java.nio.file.NoSuchFileException gone) {
      throw new IllegalStateException("A file went away during the copy", gone);
    }
    Files.setPosixFilePermissions(
        folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  void start() throws Exception {
    List<String> command = new ArrayList<>(ROOT ? List.of("unshare", "-U") : List.of());
    command.addAll(
        List.of(postgres.toString(), "-D", folder.toString(), "-p", String.valueOf(port)));
    command.addAll(List.of("-c", "unix_socket_directories=", "-c", "max_connections=300"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    waitUntilItFollows();
  }

  /** Waits until it has replayed what the primary has written by now. */
  void waitUntilItFollows() throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!follows()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        Assertions.fail("No standby: " + Files.readString(folder.resolve("log")));
      }
      Thread.sleep(50);
    }
  }

  private boolean follows() {
    try (Connection main = DriverManager.getConnection(primary);
        Statement there = main.createStatement();
        Connection connection = DriverManager.getConnection(url());
        Statement here = connection.createStatement()) {
      String written = text(there, "SELECT pg_current_wal_lsn()");
      return "t".equals(text(here, "SELECT pg_last_wal_replay_lsn() >= '" + written + "'"));
    } catch (SQLException starting) {
      return false;
    }
  }

  private String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
  }

  /** Ends it as a power failure does. */
  void kill() {
    List<ProcessHandle> sessions = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    sessions.forEach(ProcessHandle::destroyForcibly);
  }

  void promote() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_promote()");
    }
  }

  @Override
  public void close() {
    kill();
  }
}
