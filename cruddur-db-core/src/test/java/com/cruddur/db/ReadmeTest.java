package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares each block of Java in the README with the compiled source that it names. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED_BLOCK =
      Pattern.compile("<!-- (\\S+)(?: (\\S+))? -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("```java\n");

  @Test
  void showsOnlyCodeThatIsCompiled() {
    String readme = read(ROOT.resolve("README.md"));
    List<MatchResult> blocks = NAMED_BLOCK.matcher(readme).results().toList();
    assertThat(blocks).hasSize((int) BLOCK.matcher(readme).results().count()).isNotEmpty();
    for (MatchResult block : blocks) {
      String source = read(ROOT.resolve(block.group(1)));
      assertThat(block.group(3))
          .as(block.group(1))
          .isEqualTo(block.group(2) == null ? source : region(source, block.group(2)));
    }
  }

  private static String region(String source, String name) {
    String start = "// @start region=\"" + name + "\"\n";
    int from = source.indexOf(start) + start.length();
    assertThat(from).as("start of region " + name).isGreaterThanOrEqualTo(start.length());
    String text = source.substring(from, source.indexOf("// @end", from));
    // Without the line break at the end: the indent of an empty last line would count.
    return text.substring(0, text.lastIndexOf('\n')).stripIndent() + "\n";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
