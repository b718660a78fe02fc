package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.TestServer;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.users.NewUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the guides to JSON, queries and the Lambda with code that was compiled and run. */
class GuidesTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Path SNIPPETS =
      Path.of("src", "test", "java", "com", "cruddur", "db", "json", "GuideSnippets.java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// @start region=.*?\n(.*?)\n *// @end", Pattern.DOTALL);
  private static final Pattern EXAMPLE =
      Pattern.compile("\\| [^|]+ \\| `([^`]+)` \\| `([^`]+)` \\|");

  private static CruddurDb db;

  @BeforeAll
  static void open() {
    db = CruddurDb.open(TestServer.migratedDatabase());
    UUID ann = db.users().insert(NewUser.of("sub-ann", "?", "ann", null)).uuid();
    db.users().updateProfile("sub-ann", "?", "In the Cloud");
    db.activities().create(NewActivity.of(ann, "hi", Ttl.ONE_DAY));
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json.md", "queries.md", "lambda.md"})
  void showOnlyCodeThatIsCompiled(String guide) throws IOException {
    List<String> regions =
        REGION
            .matcher(Files.readString(SNIPPETS))
            .results()
            .map(region -> region.group(1).stripIndent() + "\n")
            .toList();
    List<MatchResult> blocks =
        BLOCK.matcher(Files.readString(DOCS.resolve(guide))).results().toList();
    assertThat(blocks).isNotEmpty();
    assertThat(regions).containsAll(blocks.stream().map(block -> block.group(1)).toList());
  }

  @Test
  void showCodeThatRuns() throws IOException {
    byte[] users = GuideSnippets.array(db, (name, rows) -> assertThat(rows).isEqualTo(1));
    assertThat(new String(users, StandardCharsets.UTF_8))
        .isEqualTo("[{\"handle\":\"ann\",\"bio\":\"In the Cloud\"}]");
    assertThat(GuideSnippets.returning(db, OffsetDateTime.now().minusHours(1))).contains("ann");
    assertThat(GuideSnippets.stream(db, new ByteArrayOutputStream())).isEqualTo(1);
    assertThat(GuideSnippets.feed(db, null).rows()).isEqualTo(1);
    assertThat(GuideSnippets.records(db)).isNotNull();
    GuideSnippets.deleteExpired(db);
    Map<String, String> claims =
        Map.of("sub", "sub-bob", "name", "Bob", "preferred_username", "bob", "email", "b@b.org");
    assertThat(GuideSnippets.heal(db.users(), claims).created()).isTrue();
    assertThat(GuideSnippets.heal(db.users(), claims).created()).isFalse();
  }

  @Test
  void giveTheJsonOfEachTypeAsTheServerDoes() throws IOException {
    String guide = Files.readString(DOCS.resolve("json.md"));
    List<MatchResult> examples = EXAMPLE.matcher(guide).results().toList();
    assertThat(examples).hasSizeGreaterThan(15);
    for (MatchResult example : examples) {
      SqlTemplate query = SqlTemplate.of("SELECT " + example.group(1) + " AS x");
      assertThat(db.json().object(query).asString().orElseThrow().value())
          .as(example.group(1))
          .isEqualTo("{\"x\":" + example.group(2) + "}");
    }
  }
}
