package com.cruddur.db.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The programs that zonky unpacks, and folders with the files of servers. */
final class PostgresFiles {

  private static final Path TEMPLATE = newFolder();
  private static final Path PROGRAMS = makeTemplate();

  private PostgresFiles() {}

  /** Has zonky make a cluster, and looks where the server that it started comes from. */
  private static Path makeTemplate() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(TEMPLATE)));
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setDataDirectory(TEMPLATE)
              .setCleanDataDirectory(false)
              .start();
      try {
        return programOf(TEMPLATE.resolve("postmaster.pid")).getParent();
      } finally {
        server.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path programOf(Path pidFile) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    return Path.of(ProcessHandle.of(pid).orElseThrow().info().command().orElseThrow());
  }

  /** Returns the command of one of the programs that zonky unpacked. */
  static List<String> command(String program) {
    return asSomebodyElseThanRoot(PROGRAMS.resolve(program).toString());
  }

  /** These programs refuse to run as root; in a name space of its own that is another user. */
  static List<String> asSomebodyElseThanRoot(String program) {
    return System.getProperty("user.name").equals("root")
        ? List.of("unshare", "-U", program)
        : List.of(program);
  }

  static Path newCluster() throws IOException {
    Path folder = newFolder();
    copy(TEMPLATE, folder);
    return folder;
  }

  static Path newFolder() {
    try {
      return Files.createTempDirectory(
          "cruddur-db-faults-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Writes a file that PostgreSQL takes for a key: nobody else may read it. */
  static void writePrivately(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(one -> !one.equals(from)).toList()) {
        if (!file.endsWith("postmaster.pid")) {
          Files.copy(
              file,
              to.resolve(from.relativize(file)),
              java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
