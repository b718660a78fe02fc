package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that somebody else runs, with users of different rights. */
@Timeout(120)
final class UrlServerTest {

  private static final LocalPostgres POSTGRES = LocalPostgres.start();

  @BeforeAll
  static void makeUsers() throws SQLException {
    for (String options : List.of("", "CREATEDB", "CREATEDB CREATEROLE")) {
      String name = ("u " + options).replace(" ", "_").strip();
      Sql.run(POSTGRES, "CREATE ROLE \"%s\" LOGIN PASSWORD 'secret' %s".formatted(name, options));
    }
  }

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  @Test
  void givesTestsTheRightsOfAService() throws Exception {
    TestServer server = new TestServer(UrlServer.open(url("u_CREATEDB_CREATEROLE")), recipe());
    FreshDatabase fresh = server.take(recipe(), "test");
    String database = fresh.name();
    String user = "SELECT current_user || ' ' || count(*) FROM activities";
    assertThat(Sql.ask(Sql.uri(server.url(database)), user)).isEqualTo("cruddur_app 1");
    assertThat(Sql.ask(Sql.uri(server.ownerUrl(database)), "SELECT current_user"))
        .isEqualTo("u_CREATEDB_CREATEROLE");
    server.giveBack(fresh, Optional.empty());
    assertThat(
            Waiting.uninterruptibly(
                Duration.ofSeconds(20), () -> count("datname = '" + database + "'") == 0))
        .isTrue();
  }

  @Test
  void needsNoMoreThanTheRightToMakeDatabases() throws Exception {
    TestServer server = new TestServer(UrlServer.open(url("u_CREATEDB")), new Recipe(List.of()));
    String database = server.take(new Recipe(List.of()), "test").name();
    assertThat(Sql.ask(Sql.uri(server.url(database)), "SELECT current_user || count(*) FROM users"))
        .isEqualTo("u_CREATEDB0");
  }

  @Test
  @Tag("faults")
  void keepsOnlyTheNewestTemplates() throws Exception {
    DatabaseServer server = new DatabaseServer(url("u_CREATEDB_CREATEROLE"), false);
    Recipe last = new Recipe(List.of());
    for (int number : IntStream.rangeClosed(1, 9).toArray()) {
      last = new Recipe(List.of(new Empty("seed " + number)));
      Templates.of(server).ensure(last);
    }
    assertThat(count("datname LIKE 'cruddur_template_%' AND datdba::regrole::text LIKE '%ROLE%'"))
        .isEqualTo(8);
    assertThat(count("datname = '" + Templates.of(server).name(last) + "'")).isEqualTo(1);
  }

  @Test
  void saysThatItsUserMayNotMakeDatabases() {
    assertThatThrownBy(() -> UrlServer.open(url("u_")))
        .isInstanceOf(TestDatabaseException.class)
        .hasMessage(
            "The user u_ in CRUDDUR_TEST_URL may not create databases. Let a superuser run: ALTER ROLE u_ CREATEDB");
  }

  @Test
  void saysWhichAddressCannotBeReached() {
    assertThatThrownBy(
            () -> UrlServer.open(ConnectionUrl.parse("postgresql://u:secret@127.0.0.1:1/x")))
        .isInstanceOf(TestDatabaseException.class)
        .hasMessageContaining("127.0.0.1:1/x cannot be reached. Check CRUDDUR_TEST_URL")
        .hasMessageNotContaining("secret");
  }

  private static ConnectionUrl url(String user) {
    return ConnectionUrl.parse(
        "postgresql://%s:secret@%s/postgres".formatted(user, POSTGRES.url().hosts().getFirst()));
  }

  private static Recipe recipe() {
    return Recipe.standard();
  }

  private static int count(String condition) {
    try {
      String query = "SELECT count(*) FROM pg_database WHERE " + condition;
      return Integer.parseInt(String.valueOf(Sql.ask(POSTGRES, query)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Empty(String key) implements TemplateSeed {

    @Override
    public void load(DataSource owner) {}
  }
}
