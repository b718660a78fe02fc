package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Compiles and runs what docs/migrations.md shows. */
class GuideTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String GUIDE = read(ROOT.resolve("docs/migrations.md"));
  private static final Pattern NAMED_BLOCK =
      Pattern.compile(" *<!-- (\\S+) (\\S+) -->\\n( *)```java\\n(.*?)\\3```", Pattern.DOTALL);
  private static final Pattern SQL_BLOCK =
      Pattern.compile("( *)```sql\\n(.*?)\\1```", Pattern.DOTALL);

  @Test
  void showsOnlyCodeThatIsCompiled() {
    List<MatchResult> blocks = NAMED_BLOCK.matcher(GUIDE).results().toList();
    assertThat(blocks).hasSize(GUIDE.split("```java\n", -1).length - 1).hasSize(5);
    for (MatchResult block : blocks) {
      assertThat(unindented(block.group(4)))
          .as(block.group(2))
          .isEqualTo(region(read(ROOT.resolve(block.group(1))), block.group(2)));
    }
  }

  private static String region(String source, String name) {
    String start = "// @start region=\"" + name + "\"\n";
    int from = source.indexOf(start) + start.length();
    assertThat(from).as("start of region " + name).isGreaterThanOrEqualTo(start.length());
    return unindented(source.substring(from, source.indexOf("// @end", from)));
  }

  /** Without the line break at the end: the indent of an empty last line would count. */
  private static String unindented(String text) {
    return text.substring(0, text.lastIndexOf('\n')).stripIndent() + "\n";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Stream<String> sqlBlocks() {
    return SQL_BLOCK.matcher(GUIDE).results().map(block -> unindented(block.group(2)));
  }

  private static List<String> scripts() {
    return sqlBlocks().filter(block -> block.startsWith("SET ")).toList();
  }

  @Test
  void showsScriptsThatAreSafeAndRunInTheirOrder() {
    assertThat(scripts()).hasSize(4);
    Postgres database = Postgres.migrated();
    for (String script : scripts()) {
      boolean transactional = script.startsWith("SET LOCAL");
      assertThat(ScriptRules.complaints(script, transactional)).isEmpty();
      database.run(transactional ? "BEGIN; " + script + " COMMIT" : "SELECT 1");
      if (!transactional) {
        Stream.of(script.split(";\n")).forEach(database::run);
      }
    }
    assertThat(database.schema())
        .anyMatch(line -> line.contains("users_newest_idx"))
        .anyMatch(line -> line.startsWith("constraint users.users_bio_not_blank"))
        .noneMatch(line -> line.contains("NOT VALID"));
  }

  @Test
  void showsALoginThatWorksWithTheRows() {
    String logins =
        sqlBlocks().filter(block -> block.startsWith("CREATE ROLE")).findFirst().orElseThrow();
    Postgres database = Postgres.migrated();
    Migrations.of(database.source()).roles();
    database.run(logins);
    Postgres.run(database.as("backend"), "UPDATE public.users SET bio = 'x'");
    database.run("DROP ROLE backend");
  }

  @Test
  void showsCallsThatAdopt() {
    Postgres database = HandMade.BIO.withRows();
    assertThat(printed(() -> GuideSnippets.plan(database.source())))
        .startsWith("[]\n[]\n-- The history")
        .contains("-- V2 user_times_with_time_zone\nBEGIN;");
    assertThat(printed(() -> GuideSnippets.fix(database.source(), System.out)))
        .contains("MERGE_USERS");
    assertThat(GuideSnippets.migrate(database.source()).adopted()).isTrue();
    assertThat(Migrations.of(database.source()).info().environment()).isEqualTo("prod");
  }

  private static String printed(Runnable work) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsAJobThatEndsWellWhereAllIsWell() throws Exception {
    Postgres database = Postgres.empty();
    ProcessBuilder job =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            GuideSnippets.Job.class.getName());
    job.environment()
        .putAll(
            Map.of(
                "JDBC_URL",
                "jdbc:postgresql://localhost:%d/%s"
                    .formatted(database.as("postgres").getPortNumbers()[0], database.name()),
                "DB_USER",
                "postgres",
                "DB_PASSWORD",
                "any"));
    Process process = job.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("MigrationReport[applied=[V1 original_schema");
  }

  @Test
  void showsAConfigurationThatMigratesWhenSpringStarts() {
    Postgres database = Postgres.empty();
    try (AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext()) {
      spring.registerBean(DataSource.class, database::source);
      spring.register(SchemaConfiguration.class);
      spring.refresh();
      assertThat(spring.getBean(MigrationReport.class).applied()).startsWith("V1 original_schema");
    }
    assertThat(Migrations.of(database.source()).validate().problems()).isEmpty();
  }
}
