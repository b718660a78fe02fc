package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncCognitoIdsTest {

  private static Server server;
  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.setUp("cruddur", "prod");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void reset() throws Exception {
    server.execute("cruddur", "UPDATE public.users SET cognito_user_id = 'MOCK'");
  }

  @Test
  void setsTheIdsOfAllPagesAndReportsWhatIsLeftOver() throws Exception {
    Path first =
        Files.writeString(
            directory.resolve("1.json"),
            page("more", user("x1", "id-1", "AndrewBrown"), user("x2", "id-2", "nobody"))
                + "\n"
                + page("more", user("a{}\\\"b", null, "bayko")));
    Path second =
        Files.writeString(
            directory.resolve("2.json"),
            page(null, user("x4", "id-4", "bayko"), user("x5", "id-5", null)));
    CommandProcess.Result result = sync(first, second);
    assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    assertThat(result.out())
        .contains(
            "3 pages read, 2 users updated, 0 unchanged, 1 without a match, 2 incomplete",
            "no user has the handle nobody",
            "a{}\\\"b: no sub".replace("\\\"", "\""),
            "x5: no preferred_username");
    assertThat(ids()).containsExactly("andrewbrown id-1", "bayko id-4");

    Path clean =
        Files.writeString(
            directory.resolve("3.json"),
            page(null, user("x", "id-1", "andrewbrown"), user("y", "id-4", "bayko")));
    CommandProcess.Result again = sync(clean);
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("0 users updated, 2 unchanged");

    Path swapped =
        Files.writeString(
            directory.resolve("4.json"),
            page(null, user("x", "id-4", "andrewbrown"), user("y", "id-1", "bayko")));
    assertThat(sync(swapped).exitCode()).isZero();
    assertThat(ids()).containsExactly("andrewbrown id-4", "bayko id-1");
  }

  @Test
  void noticesThatTheLastPageIsMissing() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("x.json"), page("token", user("x", "id-1", "andrewbrown")));
    CommandProcess.Result result = sync(file);
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err()).contains("the last page is missing");
    assertThat(ids()).contains("andrewbrown id-1");
  }

  @Test
  void changesNothingWhereTheListIsNoListOrInDoubt() throws Exception {
    server.execute(
        "cruddur", "UPDATE public.users SET cognito_user_id = 'id-9' WHERE handle = 'bayko'");
    String good = page(null, user("x", "id-1", "andrewbrown"));
    for (String text :
        new String[] {
          "",
          "[]",
          "{\"Users\": 1}",
          "{}",
          good.substring(0, good.length() - 2),
          good + " {\"Users\":[1]}",
          good + "x",
          page(null, user("x", "id-1", "andrewbrown"), user("y", "id-2", "ANDREWBROWN")),
          page(null, user("x", "id-1", "andrewbrown"), user("y", "id-1", "other")),
          page(null, user("x", "id-9", "andrewbrown"))
        }) {
      CommandProcess.Result result = sync(Files.writeString(directory.resolve("bad.json"), text));
      assertThat(result.exitCode()).as(text + result.err()).isEqualTo(1);
      assertThat(result.err()).containsIgnoringCase("nothing was changed");
      assertThat(ids()).containsExactly("andrewbrown MOCK", "bayko id-9");
    }
  }

  private static String user(String name, String sub, String handle) {
    return "{\"Username\":\"%s\",\"Attributes\":[%s%s{\"Name\":\"email\",\"Value\":\"x@y\"}],\"Enabled\":true}"
        .formatted(name, attribute("sub", sub), attribute("preferred_username", handle));
  }

  private static String attribute(String name, String value) {
    return value == null ? "" : "{\"Name\":\"%s\",\"Value\":\"%s\"},".formatted(name, value);
  }

  private static String page(String token, String... users) {
    return "{\"Users\":["
        + String.join(",", users)
        + "]"
        + (token == null ? "" : ",\"PaginationToken\":\"" + token + "\"")
        + "}";
  }

  private static CommandProcess.Result sync(Path... files) throws Exception {
    String[] line = new String[files.length + 1];
    line[0] = "sync-cognito-ids";
    for (int i = 0; i < files.length; i++) {
      line[i + 1] = files[i].toString();
    }
    return CommandProcess.run(server.environment("cruddur"), line);
  }

  private static List<String> ids() throws Exception {
    return server.texts(
        "cruddur", "SELECT handle || ' ' || cognito_user_id FROM public.users ORDER BY 1");
  }
}
