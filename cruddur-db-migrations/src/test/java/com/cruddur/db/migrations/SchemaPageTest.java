package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SchemaPageTest {

  private static final Path PAGE = Path.of("..", "docs", "schema.md");

  /** To write the page anew: {@code ./mvnw test -pl cruddur-db-migrations -Dschema.page=write}. */
  @Test
  void isWhatTheDocumentationShows() throws IOException {
    Postgres database = Postgres.migrated();
    String page = SchemaPage.of(database.source()).markdown();
    if (System.getProperty("schema.page", "").equals("write")) {
      Files.writeString(PAGE, page);
    }
    // Each major prints expressions in its own way: the page is the newest one's.
    boolean newest =
        database.number("SELECT current_setting('server_version_num')::int / 10000") == 18;
    assertThat(page).isEqualTo(newest ? Files.readString(PAGE) : page);
  }

  @Test
  void describesColumnsConstraintsIndexesAndTriggers() {
    String page = SchemaPage.of(Postgres.migrated().source()).markdown();
    assertThat(page)
        .contains(
            "  users ||--o{ activities : user_uuid\n",
            "  activities |o--o{ activities : reply_to_activity_uuid\n",
            "    timestamptz created_at\n",
            "| `email` | text | yes |  | E-mail address, if known. |\n",
            "- `activities_user_uuid_fkey`: `FOREIGN KEY (user_uuid) REFERENCES public.users(uuid)`\n",
            "- `users_handle_key`: `UNIQUE btree (lower(handle))`\n",
            "- `activities_count_added_reply`: Trigger: adds a new reply")
        .doesNotContain("flyway");
  }

  @Test
  void isTheSameForAnAdoptedDatabaseButForTheOrderOfItsColumns() {
    Postgres adopted = HandMade.REVERSED_COLUMNS.withoutRows();
    Migrations.of(adopted.source()).migrate();
    assertThat(SchemaPage.of(adopted.source()).markdown().lines().sorted())
        .containsExactlyElementsOf(
            SchemaPage.of(Postgres.migrated().source()).markdown().lines().sorted().toList());
  }
}
