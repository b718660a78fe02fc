package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandsTest {

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.setUp("ready", "dev");
    server.execute("postgres", "CREATE DATABASE untouched");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void showsStateAsTextAndAsJson() throws Exception {
    CommandProcess.Result text = CommandProcess.run(server.environment("ready"), "info");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("state           managed", "environment     dev", "protected       no");
    String json = json("ready", "info");
    assertThat(text(json, "j ->> 'environment'")).isEqualTo("dev");
    assertThat(text(json, "j ->> 'protected'")).isEqualTo("false");
    assertThat(text(json, "j ->> 'database'")).isEqualTo("ready");
    assertThat(text(json("untouched", "info"), "j ->> 'schema_version'")).isEqualTo("none");
  }

  @Test
  void plansAndValidatesWithoutChangingAnything() throws Exception {
    CommandProcess.Result plan = CommandProcess.run(server.environment("untouched"), "plan");
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out()).contains("CREATE TABLE public.users", "BEGIN;");
    CommandProcess.Result invalid = CommandProcess.run(server.environment("untouched"), "validate");
    assertThat(invalid.exitCode()).isEqualTo(4);
    assertThat(invalid.out()).contains("cruddur-db migrate").doesNotContain("migrate()");
    assertThat(server.texts("untouched", "SELECT relname FROM pg_class WHERE relname = 'users'"))
        .isEmpty();
    assertThat(text(json("untouched", "plan"), "jsonb_array_length(j -> 'pending') > 20"))
        .isEqualTo("true");

    CommandProcess.Result valid = CommandProcess.run(server.environment("ready"), "validate");
    assertThat(valid.exitCode()).as(valid.out()).isZero();
    assertThat(valid.out()).isEmpty();
    assertThat(text(json("ready", "validate"), "j ->> 'valid'")).isEqualTo("true");
    assertThat(CommandProcess.run(server.environment("ready"), "plan").out()).isEmpty();
  }

  @Test
  void listsObstaclesAndFixesThem(@TempDir Path directory) throws Exception {
    server.execute("postgres", "CREATE DATABASE hand_made");
    server.execute(
        "hand_made",
        """
        CREATE EXTENSION "uuid-ossp";
        CREATE TABLE public.users (uuid UUID DEFAULT uuid_generate_v4() PRIMARY KEY, display_name text,
          handle text, cognito_user_id text, created_at TIMESTAMP default current_timestamp NOT NULL);
        CREATE TABLE public.activities (uuid UUID DEFAULT uuid_generate_v4() PRIMARY KEY, user_uuid UUID NOT NULL,
          message text NOT NULL, replies_count integer DEFAULT 0, reposts_count integer DEFAULT 0,
          likes_count integer DEFAULT 0, reply_to_activity_uuid integer, expires_at TIMESTAMP,
          created_at TIMESTAMP default current_timestamp NOT NULL);
        INSERT INTO users (display_name, handle, cognito_user_id) VALUES ('A', 'same', 'MOCK'), ('B', 'SAME', 'MOCK')""");
    Map<String, String> environment = server.environment("hand_made");
    CommandProcess.Result migrate = CommandProcess.run(environment, "migrate");
    assertThat(migrate.exitCode()).isEqualTo(1);
    assertThat(migrate.err()).contains("cruddur-db fix-data rename-handles");
    assertThat(CommandProcess.run(environment, "plan").exitCode()).isEqualTo(4);

    CommandProcess.Result list = CommandProcess.run(environment, "fix-data");
    assertThat(list.exitCode()).isEqualTo(4);
    assertThat(list.out()).contains("cruddur-db fix-data rename-handles");
    assertThat(text(json("hand_made", "fix-data"), "j -> 0 ->> 'fix'")).isEqualTo("rename-handles");

    assertThat(CommandProcess.run(environment, "fix-data", "rename").exitCode()).isEqualTo(2);
    Path report = directory.resolve("report.json");
    CommandProcess.Result fixed =
        CommandProcess.run(
            environment, "fix-data", "rename-handles", "--report", report.toString());
    assertThat(fixed.exitCode()).as(fixed.err()).isZero();
    assertThat(fixed.out()).startsWith("rename-handles: 1 ");
    assertThat(fixed.out() + fixed.err())
        .contains(report.toString())
        .doesNotContainIgnoringCase("same");
    assertThat(report)
        .content()
        .containsIgnoringCase("\"before\":{\"handle\": \"same\"},\"after\":{\"handle\": \"same-");
    assertThat(Files.getPosixFilePermissions(report)).hasSize(2);
    assertThat(
            CommandProcess.run(environment, "fix-data", "recount", "--report", report.toString())
                .exitCode())
        .isEqualTo(2);
    assertThat(CommandProcess.run(environment, "fix-data", "--all", "--json").out())
        .contains("\"fix\":\"recount\"");
    assertThat(CommandProcess.run(environment, "migrate").exitCode()).isZero();
    assertThat(CommandProcess.run(environment, "fix-data").exitCode()).isZero();
  }

  @Test
  void createsRolesOnce() throws Exception {
    CommandProcess.Result roles = CommandProcess.run(server.environment("ready"), "roles");
    assertThat(roles.exitCode()).as(roles.err()).isZero();
    assertThat(roles.out()).contains("cruddur_app");
    CommandProcess.Result again = CommandProcess.run(server.environment("ready"), "roles");
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).contains("there already");
    assertThat(json("ready", "roles")).isEqualTo("[]\n");
  }

  @Test
  void printsThePageOfTheSchema() throws Exception {
    CommandProcess.Result page = CommandProcess.run(server.environment("ready"), "schema");
    assertThat(page.out()).startsWith("# Schema\n").contains("## activities", "erDiagram");
    assertThat(text(json("ready", "schema"), "j ->> 'markdown'")).isEqualTo(page.out());
  }

  private static String json(String database, String... command) throws Exception {
    String[] line =
        java.util.stream.Stream.concat(
                List.of(command).stream(), java.util.stream.Stream.of("--json"))
            .toArray(String[]::new);
    CommandProcess.Result result = CommandProcess.run(server.environment(database), line);
    assertThat(result.out()).hasLineCount(1);
    return result.out();
  }

  /** PostgreSQL judges whether it is JSON. */
  private static String text(String json, String expression) throws Exception {
    try (java.sql.Connection connection = server.connect("postgres", "test")) {
      return Sql.one(
          connection,
          "SELECT (" + expression + ")::text FROM (SELECT ?::jsonb AS j) AS document",
          row -> row.getString(1),
          json);
    }
  }
}
