package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedCommandTest {

  /** As it lies in the original project, without a last semicolon. */
  private static final String ORIGINAL =
      """
      -- this file was manually created
      INSERT INTO public.users (display_name, handle, cognito_user_id)
      VALUES
        ('Andrew Brown', 'andrewbrown' ,'MOCK'),
        ('Andrew Bayko', 'bayko' ,'MOCK');

      INSERT INTO public.activities (user_uuid, message, expires_at)
      VALUES
        (
          (SELECT uuid from public.users WHERE users.handle = 'andrewbrown' LIMIT 1),
          'This was imported as seed data!',
          current_timestamp + interval '10 day'
        )
      """;

  private static Server server;
  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.execute("postgres", "CREATE DATABASE model");
    assertThat(CommandProcess.run(server.environment("model"), "migrate", "--verbose").exitCode())
        .isZero();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void copyModel() throws Exception {
    server.execute("postgres", "DROP DATABASE IF EXISTS cruddur WITH (FORCE)");
    server.execute("postgres", "CREATE DATABASE cruddur TEMPLATE model");
  }

  @Test
  void loadsTheOriginalFileOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("seed.sql"), ORIGINAL);
    CommandProcess.Result first = seed(file);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).contains("3 rows");
    CommandProcess.Result second = seed(file);
    assertThat(second.exitCode()).isZero();
    assertThat(second.err()).contains("was there already");
    assertThat(rows()).containsExactly("2 1");
    assertThat(CommandProcess.run(server.environment("cruddur"), "seed").err())
        .contains("was there already");
    assertThat(CommandProcess.run(server.environment("cruddur"), "validate").exitCode()).isZero();
    assertThat(CommandProcess.run(server.environment("cruddur"), "migrate").exitCode()).isZero();
    assertThat(rows()).containsExactly("2 1");
  }

  @Test
  void takesTheOriginalFileForTheSeedThatIsThereAlready() throws Exception {
    assertThat(CommandProcess.run(server.environment("cruddur"), "seed").exitCode()).isZero();
    Path file =
        Files.writeString(
            directory.resolve("seed.sql"),
            ORIGINAL.replace("VALUES\n", "values -- the users\n").replace("from", "FROM") + ";");
    CommandProcess.Result result = seed(file);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("was there already");
    assertThat(rows()).containsExactly("2 1");
  }

  @Test
  void loadsAFileOfOnesOwnOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("own.sql"), ORIGINAL.replace("bayko", "londo"));
    assertThat(seed(file).err()).contains("3 rows of 2 statements");
    CommandProcess.Result second = seed(file);
    assertThat(second.exitCode()).isZero();
    assertThat(second.err()).contains("was loaded already");
    assertThat(rows()).containsExactly("2 1");
  }

  @Test
  void twoRunsAtOnceLoadItOnce() throws Exception {
    Path file =
        Files.writeString(directory.resolve("seed.sql"), ORIGINAL.replace("bayko", "londo"));
    CommandProcess one =
        CommandProcess.start(server.environment("cruddur"), "seed", file.toString());
    CommandProcess two =
        CommandProcess.start(server.environment("cruddur"), "seed", file.toString());
    List<CommandProcess.Result> results = List.of(one.await(), two.await());
    assertThat(results).allMatch(result -> result.exitCode() == 0);
    assertThat(rows()).containsExactly("2 1");
  }

  @Test
  void stopsAtTheFirstErrorUndoesAllAndNamesTheLine() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("bad.sql"),
            """
            INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('ü', 'u1', 'MOCK');
            /* a comment; /* nested; */ */
            INSERT INTO public.users
              (display_name, handle, cognito_user_id) VALUES ('ü;''x', 'u2', 'MOCK'),
              ('y', 'u3', no_such_column);
            INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('z', 'u4', 'MOCK');
            """);
    CommandProcess.Result result = seed(file);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("bad.sql:5: ", "no_such_column", "Nothing of the file was loaded");
    assertThat(rows()).containsExactly("0 0");
  }

  @Test
  void namesTheStatementOfADuplicateAndDoublesNothing() throws Exception {
    assertThat(CommandProcess.run(server.environment("cruddur"), "seed").exitCode()).isZero();
    Path file = Files.writeString(directory.resolve("seed.sql"), ORIGINAL.replace("Bayko", "B."));
    CommandProcess.Result result = seed(file);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("seed.sql:2: ", "is there already").doesNotContain("(lower");
    assertThat(rows()).containsExactly("2 1");
  }

  @Test
  void takesNoFileThatWouldEndTheTransaction() throws Exception {
    for (String statement :
        new String[] {"COMMIT;", "begin;", "\\copy users from x", "/* x */ Rollback"}) {
      Path file =
          Files.writeString(
              directory.resolve("seed.sql"),
              "INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('x', 'x', 'MOCK');\n"
                  + statement);
      CommandProcess.Result result = seed(file);
      assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
      assertThat(result.err()).contains("seed.sql:2: ");
      assertThat(rows()).containsExactly("0 0");
    }
  }

  @Test
  void generatesTheSameRowsOnceAndShowsProgressOnlyToAPerson() throws Exception {
    String[] line = {"seed", "--activities", "200000", "--users", "20", "--random-seed", "7"};
    CommandProcess.Result first =
        CommandProcess.runInTerminal(100, server.environment("cruddur"), line);
    assertThat(first.exitCode()).as(first.out()).isZero();
    assertThat(first.out()).contains("20 users and 200000 activities", "% of 200000 activities");
    assertThat(rows()).containsExactly("20 200000");
    CommandProcess.Result second = CommandProcess.run(server.environment("cruddur"), line);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).contains("was loaded already").doesNotContain("% of");
    assertThat(rows()).containsExactly("20 200000");

    CommandProcess.Result more =
        CommandProcess.run(
            server.environment("cruddur"), "seed", "--activities", "5", "--random-seed", "7");
    assertThat(more.exitCode()).isEqualTo(1);
    assertThat(more.err()).contains("Choose another --random-seed");
    assertThat(rows()).containsExactly("20 200000");
    assertThat(CommandProcess.run(Map.of(), "seed", "x.sql", "--activities", "5").exitCode())
        .isEqualTo(2);
  }

  private CommandProcess.Result seed(Path file) throws Exception {
    return CommandProcess.run(server.environment("cruddur"), "seed", file.toString());
  }

  private static List<String> rows() throws Exception {
    return server.texts(
        "cruddur",
        "SELECT (SELECT count(*) FROM public.users) || ' ' || (SELECT count(*) FROM public.activities)");
  }
}
