package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cruddur.db.json.SqlToken.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTokenizerTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "'it''s; :x' ~> STRING",
        "'\\' ~> STRING",
        "E'\\'; :x' ~> ESCAPE_STRING",
        "e'it''s \\\\' ~> ESCAPE_STRING",
        "$$it's; :x$$ ~> DOLLAR_STRING",
        "$a$ $b$ $$ $a$ ~> DOLLAR_STRING",
        "$größe$ ? $größe$ ~> DOLLAR_STRING",
        "\"a \"\" b\" ~> QUOTED_NAME",
        "a$b$c ~> WORD",
        "größe ~> WORD",
        "-- it's; :x ~> LINE_COMMENT",
        "/* /* ; */ ' */ ~> BLOCK_COMMENT",
        "/*/ ; */ ~> BLOCK_COMMENT",
        "/***/ ~> BLOCK_COMMENT",
        "?| ~> OPERATOR",
        "1_000 ~> NUMBER",
        ":: ~> PUNCTUATION",
        ":= ~> PUNCTUATION",
        ": ~> COLON",
      })
  void readsAsOnePiece(String text, Kind kind) {
    assertThat(tokenize(text)).containsExactly(new SqlToken(kind, text, 0));
  }

  @Test
  void keepsEveryCharacterOfTheText() {
    String text = "select\t'a''b' ,a[1:2]::text--x\n from \"T\" /* c */ where x <> 2;";

    assertThat(tokenize(text).stream().map(SqlToken::text).collect(Collectors.joining()))
        .isEqualTo(text);
  }

  @Test
  void endsAnOperatorWhereACommentBegins() {
    assertThat(kinds("@>--x")).containsExactly(Kind.OPERATOR, Kind.LINE_COMMENT);
    assertThat(kinds("*/*x*/")).containsExactly(Kind.OPERATOR, Kind.BLOCK_COMMENT);
  }

  @Test
  void readsAWordBeforeAQuoteAsNoEscapeString() {
    assertThat(kinds("abce'\\'")).containsExactly(Kind.WORD, Kind.STRING);
  }

  @Test
  void continuesAnEscapeStringOnALaterLine() {
    assertThat(kinds("E'a' -- it's\n '\\''"))
        .containsExactly(
            Kind.ESCAPE_STRING,
            Kind.WHITESPACE,
            Kind.LINE_COMMENT,
            Kind.WHITESPACE,
            Kind.ESCAPE_STRING);
  }

  @Test
  void continuesNoEscapeStringOnTheSameLineOrAfterABlockComment() {
    assertThat(tokenize("E'a' '\\'").getLast().kind()).isEqualTo(Kind.STRING);
    assertThat(tokenize("E'a'\n/**/'\\'").getLast().kind()).isEqualTo(Kind.STRING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'open",
        "'open''",
        "E'open\\'",
        "U&'open",
        "\"open",
        "\"open\"\"",
        "$$open",
        "$a$open$b$",
        "/* open",
        "/* /* open */",
        "/*/",
      })
  void saysWhereUnfinishedQuotesAndCommentsBegin(String unfinished) {
    int start = unfinished.startsWith("U&") ? 2 : 0;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenize("select 1,\n größer " + unfinished))
        .withMessageStartingWith("The SQL text, line 2, column " + (9 + start) + ": the ")
        .withMessageContaining("begins here lacks its")
        .withMessageNotContaining("open");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " ~> ",
      value = {
        "select $1 ~> column 8: a parameter has a name",
        "select a $ b ~> column 10: this $ begins no dollar quote",
        "select 1$a$b$a$ ~> column 9: there is no blank between a number and $",
        "select 1e'a' ~> column 10: there is no blank between a number and '",
        "{fn now()} ~> column 1: { stands outside of quotes; JDBC",
        "select 1 \\gexec ~> column 10: \\ stands outside of quotes",
        "select →$a$ ~> column 8: the JDBC driver does not recognise this name",
        "select $→$a$→$ ~> column 8: the JDBC driver does not recognise this dollar quote",
      })
  void saysWhereATextIsNoSql(String text, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenize(text))
        .withMessageContaining(problem);
  }

  @Test
  void refusesWhatCannotBeSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenize("select 'a\u0000b'"))
        .withMessage("The SQL text, line 1, column 10: U+0000 cannot be sent to PostgreSQL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenize("select 'a\uD83D'"))
        .withMessageContaining("column 10: U+D83D cannot be sent");
    assertThat(tokenize("'\uD83D\uDE00'")).hasSize(1);
  }

  @Test
  void refusesControlCharactersOutsideOfQuotes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenize("select \u0007"))
        .withMessageContaining("column 8: U+0007 is no part of SQL");
  }

  private static List<SqlToken> tokenize(String text) {
    return SqlTokenizer.tokenize(new SqlSource("The SQL text", text));
  }

  private static List<Kind> kinds(String text) {
    return tokenize(text).stream().map(SqlToken::kind).toList();
  }
}
