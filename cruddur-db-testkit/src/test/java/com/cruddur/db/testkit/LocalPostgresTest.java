package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LocalPostgresTest {

  @Test
  void answersWithTheVersionItNames() throws SQLException {
    try (LocalPostgres server = LocalPostgres.start()) {
      assertThat(Sql.ask(server, "SHOW server_version")).startsWith(server.version());
    }
  }

  @Test
  void knowsTheCaseOfAccentedLetters() throws SQLException {
    try (LocalPostgres server = LocalPostgres.start()) {
      assertThat(Sql.ask(server, "SELECT lower('É') || upper('ß')")).startsWith("é");
      assertThat(Sql.ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(Sql.ask(server, "SELECT 'a' > 'B'")).isEqualTo("t");
    }
  }

  @Test
  void refusesAWrongPassword() {
    try (LocalPostgres server = LocalPostgres.start()) {
      assertThatThrownBy(() -> Sql.connect(server.port(), "wrong"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }
  }

  @Test
  void listensOnLoopbackOnly() throws SQLException {
    try (LocalPostgres server = LocalPostgres.start()) {
      assertThat(Sql.ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(Sql.ask(server, "SHOW unix_socket_directories")).isEmpty();
    }
  }

  @Test
  void keepsItsPasswordToItsAccount() throws Exception {
    try (LocalPostgres server = LocalPostgres.start()) {
      String password = Sql.password(server);
      assertThat(password).hasSize(48);
      assertThat(server.toString()).doesNotContain(password);
      assertThat(Files.getPosixFilePermissions(server.directory().resolve("password")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThat(ProcessHandle.allProcesses())
          .noneMatch(process -> process.info().commandLine().orElse("").contains(password));
    }
  }

  @Test
  void leavesNoProcessAndNoDirectoryWhenClosed() {
    LocalPostgres server = LocalPostgres.start();
    List<ProcessHandle> processes = processesOf(server);
    server.close();
    server.close();
    assertGone(server, processes);
  }

  @Test
  void closesOnAnInterruptedThread() {
    LocalPostgres server = LocalPostgres.start();
    List<ProcessHandle> processes = processesOf(server);
    Thread.currentThread().interrupt();
    server.close();
    assertThat(Thread.interrupted()).isTrue();
    assertGone(server, processes);
  }

  @Test
  void startsNothingOnAnInterruptedThread(@TempDir Path temp) {
    LocalPostgres.Builder builder =
        LocalPostgres.builder().throwawayIn(makeDirectory(temp.resolve("parent")));
    Thread.currentThread().interrupt();
    assertThatThrownBy(builder::start).isInstanceOf(LocalPostgresException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(temp.resolve("parent")).isEmptyDirectory();
  }

  @Test
  void closesWhenItsGuardsWereKilled() {
    LocalPostgres server = LocalPostgres.start();
    List<ProcessHandle> processes = processesOf(server);
    Optional<String> shell = processes.getFirst().info().command();
    List<ProcessHandle> guards =
        processes.stream().filter(process -> process.info().command().equals(shell)).toList();
    assertThat(guards).hasSize(2);
    // First the watcher, so that neither sees the end of the other.
    guards.reversed().forEach(ProcessHandle::destroyForcibly);
    server.close();
    assertGone(server, processes);
  }

  @Test
  void closesWhenItsServerHasCrashed() {
    LocalPostgres server = LocalPostgres.start();
    List<ProcessHandle> processes = processesOf(server);
    RunningServer.of(server.directory().resolve("data")).orElseThrow().process().destroyForcibly();
    server.close();
    assertGone(server, processes);
  }

  @Test
  void runsTwoAtOnce() throws SQLException {
    try (LocalPostgres one = LocalPostgres.start();
        LocalPostgres other = LocalPostgres.start()) {
      Sql.run(one, "CREATE TABLE only_here (id integer)");
      assertThat(Sql.ask(other, "SELECT to_regclass('only_here')")).isNull();
    }
  }

  @Test
  void takesSettings(@TempDir Path temp) throws SQLException {
    Path parent = makeDirectory(temp.resolve("with space and 'quote'"));
    try (LocalPostgres server =
        LocalPostgres.builder()
            .throwawayIn(parent)
            .setting("max_connections", "7")
            .setting("app.words", "it's a \\ backslash")
            .start()) {
      assertThat(server.directory()).hasParent(parent);
      assertThat(Sql.ask(server, "SHOW max_connections")).isEqualTo("7");
      assertThat(Sql.ask(server, "SHOW app.words")).isEqualTo("it's a \\ backslash");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void saysWhatTheServerSaysAboutAWrongSetting(@TempDir Path temp) {
    Path parent = makeDirectory(temp.resolve("parent"));
    LocalPostgres.Builder builder =
        LocalPostgres.builder().throwawayIn(parent).setting("no_such_setting", "1");
    assertThatThrownBy(builder::start)
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  // A stop that is lost because the server is not up yet would take a minute.
  @Timeout(30)
  void leavesNothingWhenItIsNotReadyInTime(@TempDir Path temp) {
    Path parent = makeDirectory(temp.resolve("parent"));
    LocalPostgres.Builder builder =
        LocalPostgres.builder().throwawayIn(parent).startTimeout(Duration.ofNanos(1));
    assertThatThrownBy(builder::start).hasMessageContaining("not ready within PT0.000000001S");
    assertThat(parent).isEmptyDirectory();
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> process.info().commandLine().orElse("").contains(parent.toString()));
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
      LocalPostgres.Builder builder = LocalPostgres.builder().port(taken.getLocalPort());
      assertThatThrownBy(builder::start)
          .hasMessageContaining("Address already in use")
          .hasMessageContaining("Another process has this port");
    }
  }

  @Test
  void namesTheFaultyArgument() {
    LocalPostgres.Builder builder = LocalPostgres.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.port(65_536))
        .withMessageContaining("65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.startTimeout(Duration.ZERO))
        .withMessageContaining("PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting("Port", "1"))
        .withMessageContaining("Port");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting("work_mem", "1MB\nfsync = on"))
        .withMessageContaining("work_mem");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setting("a b", "1"))
        .withMessageContaining("a b");
  }

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** Makes a directory that the server's account may enter, unlike those of JUnit. */
  static Path makeDirectory(Path directory) {
    try {
      Files.createDirectory(directory);
      FileTrees.permit(directory, "rwxr-xr-x");
      FileTrees.permit(directory.resolveSibling(""), "rwxr-xr-x");
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ProcessHandle> processesOf(LocalPostgres server) {
    ProcessHandle postgres =
        RunningServer.of(server.directory().resolve("data")).orElseThrow().process();
    ProcessHandle guard = postgres.parent().orElseThrow();
    List<ProcessHandle> processes = new ArrayList<>(List.of(guard));
    guard.descendants().forEach(processes::add);
    assertThat(processes).hasSizeGreaterThan(3);
    return processes;
  }

  private static void assertGone(LocalPostgres server, List<ProcessHandle> processes) {
    assertThat(server.directory()).doesNotExist();
    assertThat(
            Waiting.uninterruptibly(
                Duration.ofSeconds(20), () -> processes.stream().noneMatch(ChildJvm::runs)))
        .isTrue();
  }
}
