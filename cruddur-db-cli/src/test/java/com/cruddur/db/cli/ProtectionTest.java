package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectionTest {

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.setUp("production", "prod");
    server.setUp("local_copy", "dev");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"drop", "setup --drop", "setup", "seed", "kill-sessions", "fix-data recount"})
  void harmsNoProtectedDatabase(String command) throws Exception {
    String before = state("production");
    CommandProcess.Result refused =
        CommandProcess.run(server.environment("production"), command.split(" "));
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .contains("production is protected", "its environment is prod", "--force-protected");
    CommandProcess.Result other =
        CommandProcess.run(
            server.environment("production"),
            (command + " --force-protected local_copy").split(" "));
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.err()).contains("names another database than production");
    assertThat(state("production")).isEqualTo(before);
  }

  @Test
  void asksNobodyNotEvenAtATerminal() throws Exception {
    CommandProcess.Result refused =
        CommandProcess.runInTerminal(80, server.environment("production"), "drop");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.out()).contains("production is protected");
    assertThat(server.has("production")).isTrue();
  }

  /** The fault of the old db-setup: half of it went to another database than the other half. */
  @Test
  void setupOfProductionTouchesNothingLocal() throws Exception {
    String before = state("local_copy");
    server.setUp("production_two", "prod");
    Map<String, String> both =
        Map.of(
            "CONNECTION_URL", server.url("local_copy"),
            "PROD_CONNECTION_URL", server.url("production_two"));
    server.execute(
        "production_two",
        "INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('x', 'x', 'MOCK')");
    CommandProcess.Result word = CommandProcess.run(both, "setup", "prod");
    assertThat(word.exitCode()).isEqualTo(2);
    CommandProcess.Result setup =
        CommandProcess.run(
            both, "setup", "--drop", "--env", "prod", "--force-protected", "production_two");
    assertThat(setup.exitCode()).as(setup.err()).isZero();
    assertThat(setup.err().lines().filter(line -> line.startsWith("database ")))
        .singleElement()
        .asString()
        .contains("production_two", "(PROD_CONNECTION_URL)");
    assertThat(state("local_copy")).isEqualTo(before);
    assertThat(server.texts("production_two", "SELECT count(*) FROM public.users"))
        .containsExactly("2");
    assertThat(server.texts("production_two", "SELECT name FROM public.environment"))
        .containsExactly("prod");
  }

  @Test
  void takesADatabaseWithoutANameForProtectedUnlessItIsOnLoopback() throws Exception {
    server.execute("postgres", "CREATE DATABASE unnamed");
    // Leads to the same server, and is no address of loopback.
    Map<String, String> elsewhere =
        Map.of("CONNECTION_URL", server.url("postgres", server.password(), "0.0.0.0", "unnamed"));
    CommandProcess.Result refused = CommandProcess.run(elsewhere, "drop");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("has no environment name").contains("loopback");
    Map<String, String> fresh =
        Map.of("CONNECTION_URL", server.url("postgres", server.password(), "0.0.0.0", "fresh"));
    assertThat(CommandProcess.run(fresh, "setup").exitCode()).isEqualTo(3);
    assertThat(server.has("fresh")).isFalse();
    CommandProcess.Result forced =
        CommandProcess.run(elsewhere, "drop", "--force-protected", "unnamed");
    assertThat(forced.exitCode()).as(forced.err()).isZero();
    assertThat(server.has("unnamed")).isFalse();
  }

  @Test
  void refusesAnEnvironmentThatTheDatabaseDoesNotBelongTo() throws Exception {
    Map<String, String> wrong = Map.of("DEV_CONNECTION_URL", server.url("production"));
    CommandProcess.Result seed =
        CommandProcess.run(wrong, "seed", "--env", "dev", "--force-protected", "production");
    assertThat(seed.exitCode()).isEqualTo(3);
    assertThat(seed.err()).contains("belongs to the environment prod and not to dev");
    CommandProcess.Result migrate = CommandProcess.run(wrong, "migrate", "--env", "dev");
    assertThat(migrate.exitCode()).isEqualTo(1);
  }

  private static String state(String database) throws Exception {
    return server
        .texts(
            database,
            "SELECT (SELECT oid FROM pg_database WHERE datname = current_database()) || ' '"
                + " || (SELECT count(*) FROM public.users) || ' '"
                + " || (SELECT string_agg(xmin::text, ',') FROM public.activities)")
        .get(0);
  }
}
