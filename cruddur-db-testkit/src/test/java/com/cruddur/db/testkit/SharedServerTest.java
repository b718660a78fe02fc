package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server that JVMs share, in a cache of this class's own: nobody else joins it. */
@Timeout(240)
final class SharedServerTest {

  private static final Recipe RECIPE = new Recipe(List.of());

  @TempDir private static Path temp;
  private static Path cache = Path.of("");

  @BeforeAll
  static void openTheWay() {
    cache = LocalPostgresTest.makeDirectory(temp.resolve("cache with space"));
  }

  @Test
  void servesEveryJvmUntilTheLastIsKilled() throws Exception {
    TestCache.open(cache);
    try (ChildJvm one = child().awaitServer();
        ChildJvm other = child().awaitServer()) {
      assertThat(other.serverDirectory()).isEqualTo(one.serverDirectory());
      assertThat(other.uri()).isNotEqualTo(one.uri());
      one.signal("KILL");
      one.awaitEnd();
      // Longer than the guard waits for another.
      Thread.sleep(4_000);
      assertThat(Sql.ask(other.uri(), "SELECT 1")).isEqualTo("1");
      other.signal("KILL");
      ServerLifetimeTest.assertNothingLeft(other);
    }
  }

  @Test
  void keepsNeitherDatabasesNorSessionsOfAKilledJvm() throws Exception {
    TestCache.open(cache);
    try (ChildJvm killed = child().awaitServer();
        ChildJvm other = child().awaitServer()) {
      String prefix = killed.uri().replaceAll(".*/(cruddur_test_[0-9a-f]{8}_).*", "$1");
      String databases = "SELECT count(*) FROM pg_database WHERE datname LIKE '" + prefix + "%'";
      String sessions = databases.replace("pg_database", "pg_stat_activity");
      await(other, sessions, count -> count > 0);
      killed.signal("KILL");
      await(other, sessions, count -> count == 0);
      // The next to come tidies up.
      child().awaitServer().close();
      await(other, databases, count -> count == 0);
      other.signal("KILL");
      ServerLifetimeTest.assertNothingLeft(other);
    }
  }

  private static void await(ChildJvm jvm, String query, Predicate<Integer> fits) {
    assertThat(
            Waiting.uninterruptibly(
                Duration.ofSeconds(20), () -> fits.test(Integer.valueOf(ask(jvm, query)))))
        .as(query)
        .isTrue();
  }

  private static String ask(ChildJvm jvm, String query) {
    try {
      return String.valueOf(Sql.ask(jvm.uri(), query));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isFoundAgainByWhoComesSoonAfterTheLastHasGone() throws Exception {
    Installation installation = TestCache.open(cache);
    SharedServer first = SharedServer.open(installation, RECIPE);
    first.leave();
    SharedServer second = SharedServer.open(installation, RECIPE);
    assertThat(second.home()).isEqualTo(first.home());
    // Whose arrival the guard must have noted: otherwise it would have stopped by now.
    Thread.sleep(3_000);
    assertThat(ask(second, "SELECT 1")).isEqualTo("1");
    ProcessHandle watcher = watcher(second);
    second.leave();
    // The guard waits for another each time, not only the first.
    assertThat(Waiting.uninterruptibly(Duration.ofSeconds(10), () -> naps(watcher))).isTrue();
    SharedServer third = SharedServer.open(installation, RECIPE);
    assertThat(third.home()).isEqualTo(first.home());
    third.leave();
    assertGone(third);
  }

  @Test
  void isReplacedWhenItHasCrashed() throws Exception {
    Installation installation = TestCache.open(cache);
    Path file = cache.resolve("shared-1-" + installation.newCluster().name());
    Files.writeString(file, "\0 what a power failure leaves");
    SharedServer first = SharedServer.open(installation, RECIPE);
    ProcessHandle postgres = running(first).process();
    postgres.destroyForcibly();
    Waiting.uninterruptibly(Duration.ofSeconds(10), () -> !ChildJvm.runs(postgres));
    // By this the guard knows that the server's number may be another process's by now.
    Path mark = first.home().resolve("ended");
    assertThat(Waiting.uninterruptibly(Duration.ofSeconds(10), () -> Files.exists(mark))).isTrue();
    assertThat(first.home().resolve("server.log")).exists();
    SharedServer second = SharedServer.open(installation, RECIPE);
    assertThat(second.home()).isNotEqualTo(first.home());
    assertThat(ask(second, "SELECT 1")).isEqualTo("1");
    first.leave();
    second.leave();
    assertGone(first);
    assertGone(second);
  }

  @Test
  void isSweptByTheNextStartWhenItsGuardsWereKilled() throws Exception {
    Installation installation = TestCache.open(cache);
    SharedServer server = SharedServer.open(installation, RECIPE);
    List<ProcessHandle> processes = processesOf(server);
    watcher(server).destroyForcibly();
    processes.getFirst().destroyForcibly();
    // Somebody still uses it, and may.
    LocalPostgres.start().close();
    assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    server.leave();
    LocalPostgres.start().close();
    assertThat(server.home()).doesNotExist();
    assertThat(processes).noneMatch(ChildJvm::runs);
  }

  @Test
  @Tag("faults")
  void isLeftAloneBySweepsWhileItsGuardWaitsForAnother() throws Exception {
    Installation installation = TestCache.open(cache);
    SharedServer server = SharedServer.open(installation, RECIPE);
    server.leave();
    LocalPostgres.start().close();
    SharedServer again = SharedServer.open(installation, RECIPE);
    assertThat(again.home()).isEqualTo(server.home());
    again.leave();
    assertGone(again);
  }

  @Test
  @Tag("faults")
  void canBeHeldLongerThanItsJvms() throws Exception {
    SharedServer server = SharedServer.open(TestCache.open(cache), RECIPE);
    server.hold(Duration.ofSeconds(6));
    server.leave();
    Thread.sleep(4_000);
    assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    assertGone(server);
  }

  @Test
  @Tag("faults")
  void isStartedFromScratchWhenItsClusterIsDamagedBehindItsStamp() throws Exception {
    Installation installation = TestCache.open(cache);
    SharedServer first = SharedServer.open(installation, RECIPE);
    first.leave();
    assertGone(first);
    Path cluster = template();
    Path control = cluster.resolve("data/global/pg_control");
    Files.write(control, new byte[(int) Files.size(control)]);
    TreeStamp.write(cluster);
    SharedServer second = SharedServer.open(installation, RECIPE);
    assertThat(ask(second, "SELECT count(*) FROM pg_database WHERE datistemplate")).isEqualTo("3");
    second.leave();
    assertGone(second);
  }

  @Test
  @Tag("faults")
  void makesTheTemplateOfWhoJoinsWithOtherSeeds() throws Exception {
    Installation installation = TestCache.open(cache);
    SharedServer first = SharedServer.open(installation, RECIPE);
    Templates.of(new DatabaseServer(first.url(), true)).ensure(Recipe.standard());
    String templates = "SELECT count(*) FROM pg_database WHERE datname LIKE 'cruddur_template_%'";
    assertThat(ask(first, templates)).isEqualTo("2");
    first.leave();
    assertGone(first);
  }

  private ChildJvm child() {
    return ChildJvm.start("shared", cache.toString());
  }

  private Path template() throws Exception {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith("template-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String ask(SharedServer server, String query) throws SQLException {
    try (Connection connection = new DatabaseServer(server.url(), true).connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static ProcessHandle watcher(SharedServer server) throws IOException {
    String pid = Files.readString(server.home().resolve("watcher.pid")).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static boolean naps(ProcessHandle watcher) {
    return watcher
        .children()
        .anyMatch(child -> child.info().commandLine().orElse("").contains("sleep"));
  }

  private static RunningServer running(SharedServer server) {
    return RunningServer.of(server.home().resolve("data")).orElseThrow();
  }

  private static List<ProcessHandle> processesOf(SharedServer server) {
    ProcessHandle guard = running(server).process().parent().orElseThrow();
    return Stream.concat(Stream.of(guard), guard.descendants()).toList();
  }

  private static void assertGone(SharedServer server) {
    assertThat(Waiting.uninterruptibly(Duration.ofSeconds(20), () -> isGone(server.home())))
        .as("%s is gone", server)
        .isTrue();
  }

  private static boolean isGone(Path home) {
    return Files.notExists(home)
        && ProcessHandle.allProcesses()
            .noneMatch(
                process -> process.info().commandLine().orElse("").contains(home.toString()));
  }
}
