package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "select :a::text ~> select ?::text",
        "select f(:a,:_b1) ~> select f(?,?)",
        "select 1 limit:n ~> select 1 limit ?",
        "select f(a := 1, b =>:b) ~> select f(a := 1, b => ?)",
        "select f(a :=:b) ~> select f(a :=?)",
        "select array[:a, :b] ~> select array[?, ?]",
        "select array[[:a], [:b]] ~> select array[[?], [?]]",
        "select a[1:n] ~> select a[1:n]",
        "select a[:n] ~> select a[:n]",
        "select a[1: :n] ~> select a[1: ?]",
        "select a[(:m):n] ~> select a[(?):n]",
        "select a[x::int:y::int] ~> select a[x::int:y::int]",
        "select a[1: b[2:c] + :n] ~> select a[1: b[2:c] + ?]",
        "select t.array[:n] ~> select t.array[:n]",
        "select json_object('k':v) ~> select json_object('k':v)",
        "select json_object('k':'v') ~> select json_object('k':'v')",
        "select json_object(k : :v) ~> select json_object(k : ?)",
        "select ':a', \":b\" as c ~> select ':a', \":b\" as c",
        "select /* :a ? */ :b ~> select /* :a ? */ ?",
        "select j ? 'k' and j ?| :k ~> select j ?? 'k' and j ??| ?",
        "select j ?& :k and :l?'k' ~> select j ??& ? and ? ??'k'",
        "select j @?:p ~> select j @?? ?",
        "select :a-:b:c ~> select ?- ? ?",
      })
  void writesParametersAndOperatorsForTheDriver(String text, String jdbcText) {
    assertThat(parse(text).jdbcText()).isEqualTo(jdbcText);
  }

  @Test
  void namesEachPlaceholder() {
    SqlStatement statement = parse("select :b, :a, :größe where :b is null");

    assertThat(statement.parameters()).containsExactly("b", "a", "größe", "b");
    assertThat(statement.names()).containsExactly("b", "a", "größe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "select 1;",
        "select 1 ; \n ",
        ";; select 1 ;;",
        "\n select 1\n;\n-- done",
        "/* first */ ; select 1; /* last */ -- ;",
      })
  void leavesOutSemicolonsAndWhatIsOutsideOfThem(String text) {
    assertThat(parse(text).jdbcText()).isEqualTo("select 1");
  }

  @Test
  void endsALineCommentBeforeWhatIsWrittenAfterIt() {
    assertThat(parse("select 1 -- one").jdbcText()).isEqualTo("select 1 -- one\n");
  }

  @Test
  void keepsCommentsOfTheStatement() {
    assertThat(parse("/*+ SeqScan(a) */ select 1 /* trace */;").jdbcText())
        .isEqualTo("/*+ SeqScan(a) */ select 1 /* trace */");
  }

  @Test
  void writesWhatTheDriverWouldMisreadInAnotherWay() {
    assertThat(parse("select E'a\\'b''c\\\\'").jdbcText()).isEqualTo("select E'a\\047b\\047c\\\\'");
    assertThat(parse("select $$a$$||$$b$$").jdbcText()).isEqualTo("select $$a$$|| $$b$$");
    assertThat(parse("select /*/ ? */ 1").jdbcText()).isEqualTo("select /* / ? */ 1");
  }

  @Test
  void keepsSemicolonsInParentheses() {
    String rule = "create rule r as on insert to t do also (delete from a; delete from b)";

    assertThat(parse(rule).jdbcText()).isEqualTo(rule);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "select 1; drop table users ~> column 11: a second statement begins here",
        "select 'a\\'; drop table users; --' ~> column 14: a second statement",
        "select $$a$$; drop table users ~> column 15: a second statement",
        "select 1) r, (select 2 ~> column 9: ) closes nothing",
        "select (1 ~> column 8: this ( is not closed",
        "select (1; select 2)] ~> column 21: ] closes nothing",
        "select a[1; select 2] ~> column 9: this [ is not closed",
        "select (1] ~> column 10: ] closes nothing",
        "select :'a' ~> column 8: psql's :'name'",
        "select :\"a\" ~> column 8: psql's :'name'",
        "select :1 ~> column 8: a parameter has a name",
        "select :a$b ~> column 8: :a$b is no parameter",
        "select :x→y ~> column 8: :x→y is no parameter",
        "select :{?a} ~> column 9: { stands outside",
      })
  void refusesWhatIsNoSingleStatement(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(text))
        .withMessageStartingWith("The SQL text, line 1, ")
        .withMessageContaining(problem);
  }

  @Test
  void refusesAFunctionWithABodyOfStatements() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> parse("create function f() returns int begin atomic select 1; select 2; end"))
        .withMessageContaining("a second statement begins here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", ";", "-- nothing", "/* nothing */ ; ;"})
  void refusesATextWithoutStatement(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(text))
        .withMessage("The SQL text: there is no statement in it");
  }

  private static SqlStatement parse(String text) {
    return SqlStatement.parse(new SqlSource("The SQL text", text));
  }
}
