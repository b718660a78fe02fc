package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server under root, under an ordinary account, and where root may not change its uid. */
@Timeout(120)
final class AccountsTest {

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @TempDir private Path temp;
  private Path home = Path.of("");
  private boolean root;

  @BeforeEach
  void openTheWay() throws IOException {
    home = LocalPostgresTest.makeDirectory(temp.resolve("home"));
    root = FileTrees.uidOf(home) == 0;
  }

  @Test
  void runsUnderAnOrdinaryAccountBesideAnother() throws Exception {
    List<String> prefix = root ? AS_NOBODY : List.of();
    if (root) {
      Files.setAttribute(home, "unix:uid", 65_534);
    }
    ProcessBuilder builder = new ProcessBuilder().directory(new File("/"));
    builder.environment().put("HOME", home.toString());
    builder.environment().remove("XDG_CACHE_HOME");
    try (LocalPostgres mine = LocalPostgres.start();
        ChildJvm child = ChildJvm.start(builder, prefix, readableClassPath()).awaitServer()) {
      assertThat(Sql.ask(child.uri(), "SELECT 1")).isEqualTo("1");
      assertThat(Sql.ask(mine, "SELECT 1")).isEqualTo("1");
      child.signal("KILL");
      ServerLifetimeTest.assertNothingLeft(child);
    }
    assertThat(home.resolve(".cache/cruddur-db")).isNotEmptyDirectory();
  }

  @Test
  @Tag("faults")
  void sharesNoServerWithAnotherAccount() throws Exception {
    Path cache = LocalPostgresTest.makeDirectory(home.resolve("cache"));
    List<String> prefix = root ? AS_NOBODY : List.of();
    if (root) {
      Files.setAttribute(cache, "unix:uid", 65_534);
    }
    ProcessBuilder builder = new ProcessBuilder().directory(new File("/"));
    try (TestDatabase mine = TestDatabase.create();
        ChildJvm child =
            ChildJvm.start(builder, prefix, readableClassPath(), "shared", cache.toString())
                .awaitServer()) {
      assertThat(child.serverDirectory()).isNotEqualTo(Sql.home(mine.ownerUrl()));
      assertThat(Sql.ask(child.uri(), "SELECT count(*) FROM activities")).isEqualTo("1");
      assertThat(Sql.ask(Sql.uri(mine.ownerUrl()), "SELECT count(*) FROM activities"))
          .isEqualTo("1");
      child.signal("KILL");
      ServerLifetimeTest.assertNothingLeft(child);
    }
  }

  @Test
  void runsWhereOnlyAUserNamespaceLeavesRoot() throws Exception {
    Path tools = LocalPostgresTest.makeDirectory(temp.resolve("tools"));
    for (String tool : List.of("sh", "id", "cp", "rm", "unshare")) {
      Files.createSymbolicLink(tools.resolve(tool), find(tool));
    }
    ProcessBuilder builder = new ProcessBuilder();
    builder.environment().put("PATH", tools.toString());
    try (ChildJvm child = ChildJvm.start(builder, List.of(), ChildJvm.classPath()).awaitServer()) {
      assertThat(Sql.ask(child.uri(), "SELECT 1")).isEqualTo("1");
      assertThat(FileTrees.uidOf(child.serverDirectory().resolve("data")))
          .isEqualTo(FileTrees.uidOf(temp));
      child.signal("KILL");
      ServerLifetimeTest.assertNothingLeft(child);
    }
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  /** Copies the class path: root's Maven repository is closed to others. */
  private String readableClassPath() throws IOException {
    Path copies = LocalPostgresTest.makeDirectory(temp.resolve("classpath"));
    List<String> result = new ArrayList<>();
    for (String element : ChildJvm.classPath().split(File.pathSeparator, -1)) {
      if (element.isEmpty()) {
        continue;
      }
      Path copy = copies.resolve(Integer.toString(result.size()));
      copy(Path.of(element), copy);
      result.add(copy.toString());
    }
    return String.join(File.pathSeparator, result);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.copy(path, copy);
        FileTrees.permit(copy, Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--");
      }
    }
  }
}
