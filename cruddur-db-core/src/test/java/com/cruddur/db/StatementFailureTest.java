package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cruddur.db.json.SqlTemplate;
import com.cruddur.db.users.NewUser;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementFailureTest {

  private static final String SECRET = "Kan4rie";

  private static CruddurDb db;

  @BeforeAll
  static void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
    db.users().insert(NewUser.of("sub", SECRET, SECRET, SECRET));
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT :value::uuid, 22P02",
    "SELECT :value::integer, 22P02",
    "SELECT :value::date, 22007",
    "SELECT :value::jsonb, 22P02",
    "SELECT (:value || '\"' || :value)::int[], 22P02",
  })
  void keepTheValueOutOfEveryText(String sql, String state) {
    CruddurDbException failure = failure(SqlTemplate.of(sql).bind("value", SECRET));
    assertThat(failure.sqlState()).contains(state);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(SECRET);
  }

  @Test
  void nameWhatWasViolatedAndNoRow() {
    SqlTemplate insert =
        SqlTemplate.of(
                "INSERT INTO users (display_name, handle, cognito_user_id) VALUES ('x', :h, 'y')")
            .bind("h", SECRET);
    CruddurDbException failure = failure(insert);
    assertThat(failure.sqlState()).contains("23505");
    assertThat(failure).hasMessageStartingWith("The handle is taken by another user. ");
    assertThat(failure.toString()).doesNotContain(SECRET);
  }

  @Test
  void claimNoViolationWhereAnIndexIsTooNarrow() {
    SqlTemplate insert =
        SqlTemplate.of(
            "INSERT INTO users (display_name, handle, cognito_user_id)"
                + " SELECT 'x', string_agg(md5(n::text), ''), 'y' FROM generate_series(1, 100) n");
    CruddurDbException failure = failure(insert);
    assertThat(failure.sqlState()).contains("54000");
    assertThat(failure.getMessage()).doesNotContain("taken").contains("index row size");
  }

  @ParameterizedTest
  @CsvSource({
    "SELECT no_such_column FROM users, 42703",
    "SELECT 1 FROM no_such_table, 42P01",
    "SELECT no_such_function(), 42883"
  })
  void nameBothCausesOfANameThatIsUnknown(String sql, String state) {
    assertThat(failure(SqlTemplate.of(sql)))
        .hasMessageContaining("no_such_")
        .hasMessageContaining(state)
        .hasMessageContaining("In a statement of your own, correct the name")
        .hasMessageContaining("cruddur-db migrate");
  }

  private static CruddurDbException failure(SqlTemplate template) {
    return catchThrowableOfType(CruddurDbException.class, () -> db.json().execute(template));
  }
}
