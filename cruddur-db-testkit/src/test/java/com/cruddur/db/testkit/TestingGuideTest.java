package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs/testing.md with the tests of this module, which are compiled and run. */
final class TestingGuideTest {

  private static final Path GUIDE = Path.of("..", "docs", "testing.md");
  private static final Path TESTS =
      Path.of("src", "test", "java", TestingGuideTest.class.getPackageName().replace('.', '/'));
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// @start region=.*?\n(.*?)\\s+// @end", Pattern.DOTALL);

  @Test
  void showsOnlyCodeThatIsCompiled() throws IOException {
    List<String> regions = regions();
    List<String> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(5);
    assertThat(blocks)
        .allSatisfy(block -> assertThat(regions).anyMatch(region -> region.contains(block)));
  }

  private static List<String> blocks() throws IOException {
    return BLOCK.matcher(Files.readString(GUIDE)).results().map(block -> block.group(1)).toList();
  }

  private static List<String> regions() throws IOException {
    try (Stream<Path> tests = Files.list(TESTS)) {
      return tests
          .flatMap(test -> REGION.matcher(read(test)).results())
          .map(region -> region.group(1).stripIndent() + "\n")
          .toList();
    }
  }

  private static String read(Path test) {
    try {
      return Files.readString(test);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
