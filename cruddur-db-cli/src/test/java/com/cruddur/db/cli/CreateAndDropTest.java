package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateAndDropTest {

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    for (String user : new String[] {"cruddurroot", "o\"neill %41 @/ ünï"}) {
      server.createUser(user);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "cruddurroot, cruddur_test",
        "o\"neill %41 @/ ünï, da\"ta'ba/se %20 @ ünï; DROP",
        "cruddurroot, --Drop",
      })
  void createsSetsUpAndDropsWhateverTheNames(String user, String database) throws Exception {
    Map<String, String> environment = server.environment(user, database);
    CommandProcess.Result create = CommandProcess.run(environment, "create");
    assertThat(create.exitCode()).as(create.err()).isZero();
    assertThat(server.has(database)).isTrue();
    assertThat(CommandProcess.run(environment, "create").err()).contains("was there already");

    CommandProcess.Result setup = CommandProcess.run(environment, "setup");
    assertThat(setup.exitCode()).as(setup.err()).isZero();
    assertThat(server.texts(database, "SELECT count(*) FROM public.users")).containsExactly("2");

    CommandProcess.Result again = CommandProcess.run(environment, "setup", "--drop");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("0 sessions ended", "made", "3 rows");

    CommandProcess.Result drop = CommandProcess.run(environment, "drop");
    assertThat(drop.exitCode()).as(drop.err()).isZero();
    assertThat(server.has(database)).isFalse();
    assertThat(create.err() + setup.err() + again.err() + drop.err())
        .contains("database " + database + " on 127.0.0.1:" + server.port() + " as user " + user)
        .doesNotContain(Server.PASSWORD, "canary");
  }

  @Test
  void dropEndsTheSessionsAndSaysWhoseTheyWere() throws Exception {
    server.execute("postgres", "CREATE DATABASE busy");
    try (Connection one = server.connect("busy", "backend");
        Connection two = server.connect("busy", "backend");
        Connection three = server.connect("busy", "re\u001b[31mport")) {
      CommandProcess.Result drop = CommandProcess.run(server.environment("busy"), "drop");
      assertThat(drop.exitCode()).as(drop.err()).isZero();
      // The server itself keeps nothing but ASCII of a program's name, in which 15 is stricter.
      assertThat(drop.err()).contains("3 sessions ended: backend 2, re").doesNotContain("\u001b");
      assertThat(one.isValid(2) || two.isValid(2) || three.isValid(2)).isFalse();
    }
    assertThat(server.has("busy")).isFalse();
  }

  @Test
  void doesNotDropWhatIsNotThereOrBelongsToTheServer() throws Exception {
    CommandProcess.Result missing = CommandProcess.run(server.environment("nowhere"), "drop");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("There is no database nowhere");
    for (String name : new String[] {"postgres", "template1"}) {
      CommandProcess.Result drop = CommandProcess.run(server.environment(name), "drop");
      assertThat(drop.exitCode()).isEqualTo(3);
      assertThat(drop.err()).contains("belongs to the server itself");
      assertThat(server.has(name)).isTrue();
    }
  }

  @Test
  void refusesAddressesOfSeveralServers() throws Exception {
    server.execute("postgres", "CREATE DATABASE several");
    String url =
        server.url("several").replace("127.0.0.1:", "127.0.0.1:" + server.port() + ",127.0.0.1:");
    CommandProcess.Result drop = CommandProcess.run(Map.of("CONNECTION_URL", url), "drop");
    assertThat(drop.exitCode()).isEqualTo(3);
    assertThat(drop.err()).contains("Name the primary alone");
    assertThat(server.has("several")).isTrue();
  }

  @Test
  void setupStopsAtTheFirstError() throws Exception {
    server.execute("postgres", "CREATE DATABASE foreign_shape");
    server.execute("foreign_shape", "CREATE TABLE users (name text)");
    CommandProcess.Result setup = CommandProcess.run(server.environment("foreign_shape"), "setup");
    assertThat(setup.exitCode()).isEqualTo(1);
    assertThat(setup.err()).doesNotContain("seed ");
  }
}
