package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cruddur.db.json.JsonQueries;
import com.cruddur.db.json.SqlTemplate;
import com.cruddur.db.users.NewUser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

class StatementFailureTest {

  private static final String SECRET = "Kan4rie";

  private static ConnectionUrl url;
  private static CruddurDb db;

  @BeforeAll
  static void open() {
    url = TestServer.migratedDatabase();
    db = CruddurDb.open(TestServer.asApp(url));
    db.users().insert(NewUser.of("sub", SECRET, SECRET, SECRET));
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT :value::uuid; 22P02",
        "SELECT :value::integer; 22P02",
        "SELECT :value::date; 22007",
        "SELECT :value::jsonb; 22P02",
        "SELECT (:value || '\"' || :value)::int[]; 22P02",
        "SELECT to_tsquery('simple', :value || ' !' || :value || ' '); 42601",
        "SELECT :value::regclass; 42P01",
        "SELECT nextval(:value); 42P01",
        "SELECT :value::regtype; 42704",
        "SELECT :value::regrole; 42704",
        "SELECT to_tsvector(:value::regconfig, 'x'); 42704",
        "SELECT (:value || '(')::regprocedure; 22P02",
        "SELECT set_config(:value, 'x', false); 42704",
        "SELECT convert_from('x', :value); 22023",
        "SELECT jsonb_path_query('1', (:value || ' +')::jsonpath); 42601",
      })
  void keepTheValueOutOfEveryText(String sql, String state) {
    CruddurDbException failure = failure(SqlTemplate.of(sql).bind("value", SECRET));
    assertThat(failure.sqlState()).contains(state);
    assertThat(trace(failure)).doesNotContainIgnoringCase(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT :value::regclass",
        "SELECT :value::regtype",
        "SELECT :value::regrole",
        "SELECT to_tsvector(:value::regconfig, 'x')",
        "SELECT (:value || ' +')::tsquery",
        "SELECT :value::jsonpath",
        "SELECT 1 FROM :value",
        "SELECT 1 AS :value",
        "SELECT :value COLLATE :value",
      })
  void keepTheValueOutOfEveryTextInSimpleQueryMode(String sql) throws SQLException {
    PGSimpleDataSource plain = plain();
    plain.setPreferQueryMode(PreferQueryMode.SIMPLE);
    CruddurDb simple = CruddurDb.using(plain);
    SqlTemplate bad = SqlTemplate.of(sql).bind("value", SECRET);
    CruddurDbException failure =
        catchThrowableOfType(CruddurDbException.class, () -> simple.json().execute(bad));
    assertThat(failure.sqlState().orElseThrow()).startsWith("42");
    assertThat(trace(failure)).doesNotContainIgnoringCase(SECRET);
    failure =
        catchThrowableOfType(
            CruddurDbException.class,
            () -> simple.dsl().fetch(sql.replaceAll("(?<!:):value|:value(?=::)", "?"), SECRET));
    assertThat(trace(failure)).doesNotContainIgnoringCase(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "SELECT chr(:value); 54000",
        "SELECT make_date(2026, 13, :value); 22008",
        "SELECT setseed(:value); 22023",
        "SELECT convert_from(int4send(:value), 'UTF8'); 22021",
        "SELECT :value::text::smallint; 22003",
      })
  void keepANumberOutOfEveryText(String sql, String state) {
    CruddurDbException failure = failure(SqlTemplate.of(sql).bind("value", 1_987_654_300));
    assertThat(failure.sqlState()).contains(state);
    assertThat(trace(failure)).doesNotContain("1987654300").doesNotContain("0x");
  }

  @Test
  void keepRowsOutOfTheCauseWhateverTheDataSource() {
    JsonQueries queries = CruddurDb.using(plain()).json();
    String insert =
        "INSERT INTO users (display_name, handle, cognito_user_id) VALUES (:n, :h, 'y')";
    SqlTemplate doubled = SqlTemplate.of(insert).bind("h", SECRET);
    for (SqlTemplate bad : List.of(doubled.bind("n", "x"), doubled.bind("n", null))) {
      CruddurDbException failure =
          catchThrowableOfType(CruddurDbException.class, () -> queries.execute(bad));
      assertThat(trace(failure)).contains("23").doesNotContainIgnoringCase(SECRET);
    }
  }

  @Test
  void nameWhatIsMissing() {
    assertThat(failure(SqlTemplate.of("INSERT INTO users (handle) VALUES ('x')")))
        .hasMessageStartingWith("The display name of a user is missing. null value in column");
  }

  @Test
  void passOnWhatAFunctionRaises() {
    assertThat(failure(SqlTemplate.of("DO $$ BEGIN RAISE 'too late: 3'; END $$")))
        .hasMessage("too late: 3 (SQLSTATE P0001).");
  }

  private static PGSimpleDataSource plain() {
    PGSimpleDataSource plain = new PGSimpleDataSource();
    plain.setUrl(url.jdbcUrl());
    plain.setUser("postgres");
    plain.setPassword("postgres");
    return plain;
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
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
