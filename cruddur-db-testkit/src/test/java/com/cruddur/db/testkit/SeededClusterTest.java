package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cluster with the template inside, in a cache of the test's own. */
@Timeout(240)
final class SeededClusterTest {

  @TempDir private Path temp;
  private Path cache = Path.of("");
  private final AtomicInteger loads = new AtomicInteger();
  private final Recipe recipe = new Recipe(List.of(new CountedSeed("one")));

  @BeforeEach
  void openTheWay() {
    cache = LocalPostgresTest.makeDirectory(temp.resolve("cache with space"));
  }

  @Test
  void isSeededOnceForAllServers() throws Exception {
    start(recipe);
    start(recipe);
    assertThat(loads).hasValue(1);
    start(new Recipe(List.of(new CountedSeed("another"))));
    assertThat(loads).hasValue(2);
  }

  @Test
  void sparesEachCopyTheGatheringOfWhatTheTemplateKnows() throws Exception {
    try (LocalPostgres server = launch(recipe)) {
      DatabaseServer databases = new DatabaseServer(server.url(), true);
      try (Connection connection = databases.connect()) {
        Templates.of(databases).clone(connection, recipe, "clone");
      }
      String notes =
          "SELECT count(*) FROM pg_database d, pg_ls_dir('base/' || d.oid) AS file"
              + " WHERE d.datname = 'clone' AND file = 'pg_internal.init'";
      assertThat(Sql.ask(server, notes)).isEqualTo("1");
      // What a server knew at its start may be wrong at its next.
      assertThat(Sql.ask(server, "SELECT count(*) FROM pg_ls_dir('.') AS f WHERE f ~ 'notes'"))
          .isEqualTo("0");
    }
  }

  @Test
  @Tag("faults")
  void isMadeAgainWhenAFileWasWrittenTo() throws Exception {
    start(recipe);
    Path file = data().resolve("global/pg_control");
    Files.write(file, new byte[(int) Files.size(file)]);
    start(recipe);
    assertThat(loads).hasValue(2);
  }

  @Test
  @Tag("faults")
  void isMadeAgainWhenItsRowsHaveGrownOld() throws Exception {
    start(recipe);
    Instant old = Instant.now().minus(Duration.ofMinutes(61));
    Files.setLastModifiedTime(entry().resolve("complete"), FileTime.from(old));
    start(recipe);
    assertThat(loads).hasValue(2);
  }

  @Test
  @Tag("faults")
  void leavesNothingHalfMadeWhenASeedFails() throws Exception {
    Recipe faulty = new Recipe(List.of(new FaultySeed()));
    assertThatThrownBy(() -> start(faulty))
        .isInstanceOf(TestDatabaseException.class)
        .hasMessageContaining("no_such_table");
    assertThat(entries()).isEmpty();
  }

  @Test
  void loadsTheUpperSeedOnTopOfTheLowerTemplate() throws Exception {
    Recipe higher = new Recipe(List.of(new CountedSeed("one"), new CountedSeed("two")));
    try (LocalPostgres server = launch(recipe)) {
      Templates.of(new DatabaseServer(server.url(), true)).ensure(higher);
      assertThat(loads).hasValue(2);
      Sql.run(server, "CREATE DATABASE clone TEMPLATE " + template(server, higher));
      String count = "SELECT string_agg(handle, ' ' ORDER BY handle) FROM users";
      assertThat(Sql.askOwner(server, "clone", count)).isEqualTo("one two");
    }
  }

  private void start(Recipe wanted) throws Exception {
    try (LocalPostgres server = launch(wanted)) {
      String sealed = "SELECT datistemplate AND NOT datallowconn FROM pg_database WHERE datname = ";
      assertThat(Sql.ask(server, sealed + "'" + template(server, wanted) + "'")).isEqualTo("t");
      Sql.run(server, "CREATE DATABASE clone TEMPLATE " + template(server, wanted));
      assertThat(Sql.askOwner(server, "clone", "SELECT count(*) FROM users")).isEqualTo("1");
    }
  }

  private static String template(LocalPostgres server, Recipe wanted) throws SQLException {
    return Templates.of(new DatabaseServer(server.url(), true)).name(wanted);
  }

  /** Starts a server with the programs of the common cache: unpacking them takes seconds. */
  private LocalPostgres launch(Recipe wanted) throws IOException, InterruptedException {
    Installation common = Installation.open(null);
    LocalPostgres.Builder builder = LocalPostgres.builder();
    builder.installation = new Installation(common.user(), new Cache(cache), common.binaries());
    builder.cluster = installation -> new SeededCluster(installation, wanted);
    return builder.start();
  }

  private Path data() throws IOException {
    return entry().resolve("data");
  }

  private Path entry() throws IOException {
    return entries().getFirst();
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> paths = Files.list(cache)) {
      return paths
          .filter(path -> path.getFileName().toString().startsWith("template-"))
          .sorted()
          .toList();
    }
  }

  private final class CountedSeed implements TemplateSeed {

    private final String handle;

    CountedSeed(String handle) {
      this.handle = handle;
    }

    @Override
    public String key() {
      return handle;
    }

    @Override
    public void load(DataSource owner) throws SQLException {
      loads.incrementAndGet();
      try (var connection = owner.getConnection();
          var statement =
              connection.prepareStatement(
                  "INSERT INTO users (display_name, handle, cognito_user_id) VALUES (?, ?, 'MOCK')")) {
        statement.setString(1, handle);
        statement.setString(2, handle);
        statement.executeUpdate();
      }
    }
  }

  private static final class FaultySeed implements TemplateSeed {

    @Override
    public String key() {
      return "faulty";
    }

    @Override
    public void load(DataSource owner) throws SQLException {
      try (var connection = owner.getConnection()) {
        DatabaseServer.execute(connection, "INSERT INTO no_such_table VALUES (1)");
      }
    }
  }
}
