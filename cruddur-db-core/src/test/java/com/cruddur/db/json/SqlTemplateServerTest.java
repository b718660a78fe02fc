package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text means, asked of a real server through the real driver. */
class SqlTemplateServerTest {

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TemplateRows.connect();
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "select 'a;b:c?d%{fn e()}--/*' as x; ~> a;b:c?d%{fn e()}--/*",
        "select 'it''s \\' as x ~> it's \\",
        "select E'\\'; :x ''\\\\' as x ~> '; :x '\\",
        "select(E'\\047')as x ~> '",
        "select U&'\\003B :x' as x ~> ; :x",
        "select U&'!003B :x' uescape '!' as x ~> ; :x",
        "select n'a' as x ~> a",
        "select b'101' as x ~> 101",
        "select $$it's; :x ?$$ as x ~> it's; :x ?",
        "select $a$ $b$ $$ $a$||$$;$$as x ~> ` $b$ $$ ;`",
        "select $größe$?$größe$ as x ~> ?",
        "select x from (select 1 as x) a$b$c ~> 1",
        "select 1 as \"a?b;:c\" ~> 1",
        "select 1 as U&\"\\0061;\" ~> 1",
        "select 7 % 4 as x ~> 3",
        "select '7'::int::text as x ~> 7",
        "select /* /* ; */ ? :x ' */ 1 as x ~> 1",
        "select /*/ ; ? */ 1 as x ~> 1",
        "select 1 as x -- ' ; ? :x ~> 1",
        "select 1 as x; -- ' ; ? :x ~> 1",
        "select 4/-- half↵2 as x ~> 2",
        "select '{\"a\":1}'::jsonb ? 'a' as x ~> t",
        "select '{\"a\":1}'::jsonb?'b' as x ~> f",
        "select '{\"a\":1}'::jsonb ?| array['a','b'] as x ~> t",
        "select '{\"a\":1}'::jsonb ?& array['a','b'] as x ~> f",
        "select '{\"a\":1}'::jsonb @? '$.a' as x ~> t",
        "select '{\"a\":{\"b\":2}}'::jsonb #>> '{a,b}' as x ~> 2",
        "select (a.v)[1:n]::text as x from (select array[1,2,3] as v, 2 as n) a ~> {1,2}",
        "select (a.v)[:n]::text as x from (select array[1,2,3] as v, 2 as n) a ~> {1,2}",
        "select make_date(year := 2026, month => 11, day := 24) as x ~> 2026-11-24",
      })
  void meansWhatPsqlWouldTakeItToMean(String text, String answer) throws SQLException {
    SqlTemplate template = SqlTemplate.of(text.replace('↵', '\n'));

    assertThat(TemplateRows.row(connection, template)).containsExactly(answer);
    assertThat(TemplateRows.wrappedRow(connection, template)).containsExactly(answer);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "select 'a' -- it's↵  'b' as x ~> ab",
        "select E'a' -- it's↵↵ 'b\\'; :x' as x ~> ab'; :x",
        "select E'a'↵'\\\\' as x ~> a\\",
        "select U&'a'↵'\\003B' as x ~> a;",
        "select E'\\x4'↵'1' as x ~> `\u00041`",
      })
  void continuesStringsOnLaterLines(String text, String answer) throws SQLException {
    assertThat(TemplateRows.row(connection, SqlTemplate.of(text.replace('↵', '\n'))))
        .containsExactly(answer);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "select :n::int + 1 as x ~> 3",
        "select (array[:n, 5])[2] as x ~> 5",
        "select ((array[4,5,6])[1: :n])::text as x ~> {4,5}",
        "select ((array[4,5,6])[(:n): 3])::text as x ~> {5,6}",
        "select x from generate_series(1,9) x offset:n-1 limit:n-1 ~> 2",
        "select '{\"2\":1}'::jsonb ? :n::text as x ~> t",
        "select '{\"2\":1}'::jsonb ?:n::text as x ~> t",
        "select :n::int*:n::int as x ~> 4",
        "select :n/*:m*/::int as x ~> 2",
        "select make_date(day :=:n, year =>2026, month =>:n) as x ~> 2026-02-02",
      })
  void putsAValueWhereItsNameIs(String text, String answer) throws SQLException {
    SqlTemplate template = SqlTemplate.of(text).bind("n", 2);

    assertThat(TemplateRows.row(connection, template)).containsExactly(answer);
    assertThat(TemplateRows.wrappedRow(connection, template)).containsExactly(answer);
  }

  @Test
  void separatesKeysFromValuesInJsonObject() throws SQLException {
    SqlTemplate template =
        SqlTemplate.of("select json_object('a':x, 'b' : :b) from (select 1 as x) t").bind("b", 2);

    if (connection.getMetaData().getDatabaseMajorVersion() >= 16) {
      assertThat(TemplateRows.row(connection, template)).containsExactly("{\"a\" : 1, \"b\" : 2}");
    } else {
      assertThat(template.jdbcText())
          .isEqualTo("select json_object('a':x, 'b' : ?) from (select 1 as x) t");
    }
  }

  @Test
  void takesNullForItsPlaceOrWithACast() throws SQLException {
    SqlTemplate equal = SqlTemplate.of("select count(*) from pg_class where relname = :a");
    SqlTemplate absent = SqlTemplate.of("select :a::timestamptz is null");

    assertThat(TemplateRows.row(connection, equal.bind("a", null))).containsExactly("0");
    assertThat(TemplateRows.row(connection, absent.bind("a", null))).containsExactly("t");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> TemplateRows.row(connection, SqlTemplate.of("select :a is null").bind("a", null)))
        .withMessageContaining("could not determine data type of parameter $1");
  }

  @Test
  void takesHostileValuesAsValues() throws SQLException {
    List<String> hostile =
        List.of(
            "'; drop table x; --", "\\'; select 1; --", "$$", "?", "??", ":a", "*/", "{fn now()}");
    for (String mode : List.of("extended", "simple", "extendedForPrepared")) {
      try (Connection other = TemplateRows.connect("preferQueryMode", mode)) {
        for (String value : hostile) {
          SqlTemplate template = SqlTemplate.of("select :a::text as x, 'a' as y").bind("a", value);
          assertThat(TemplateRows.wrappedRow(other, template)).containsExactly(value, "a");
        }
      }
    }
  }
}
