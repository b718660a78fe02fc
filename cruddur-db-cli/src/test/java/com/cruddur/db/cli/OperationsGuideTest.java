package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps docs/operations.md true. */
class OperationsGuideTest {

  private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`((?:, `\\w+`)*)");
  private static final Pattern FURTHER = Pattern.compile("`(\\w+)`");

  @Test
  void namesOnlyTestsThatExist() throws Exception {
    List<String> found =
        TEST.matcher(guide())
            .results()
            .flatMap(
                test ->
                    java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(test.group(2)),
                            FURTHER.matcher(test.group(3)).results().map(more -> more.group(1)))
                        .peek(method -> assertThat(methods(test.group(1))).contains(method)))
            .toList();
    assertThat(found).hasSizeGreaterThan(12);
  }

  @Test
  void describesEveryCommand() throws Exception {
    String guide = guide();
    for (String command : HelpTest.commands()) {
      assertThat(guide).containsPattern("`" + command + "[` ]");
    }
  }

  private static List<String> methods(String test) {
    try {
      return Arrays.stream(Class.forName("com.cruddur.db.cli." + test).getDeclaredMethods())
          .map(java.lang.reflect.Method::getName)
          .toList();
    } catch (ClassNotFoundException absent) {
      throw new AssertionError(test + " does not exist", absent);
    }
  }

  private static String guide() throws Exception {
    Path guide = Path.of("docs", "operations.md");
    return Files.readString(Files.exists(guide) ? guide : Path.of("..").resolve(guide));
  }
}
