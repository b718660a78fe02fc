package com.cruddur.db.json;

import com.cruddur.db.json.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one statement of a text, and the parameters in it. Used by one thread, for one text.
 */
final class SqlParser {

  private final SqlSource source;
  private final List<SqlToken> tokens;
  private final SqlBrackets brackets;
  private final List<List<SqlToken>> statements = new ArrayList<>();
  private List<SqlToken> statement = new ArrayList<>();
  private @Nullable SqlToken previous;
  private @Nullable SqlToken beforePrevious;

  private SqlParser(SqlSource source) {
    this.source = source;
    this.tokens = SqlTokenizer.tokenize(source);
    this.brackets = new SqlBrackets(source);
  }

  /**
   * Returns the pieces of the only statement, its comments among them, without the semicolon.
   *
   * @throws IllegalArgumentException if the text is no single statement, with the place
   */
  static List<SqlToken> parse(SqlSource source) {
    SqlParser parser = new SqlParser(source);
    parser.readAll();
    return parser.onlyStatement();
  }

  private void readAll() {
    int index = 0;
    while (index < tokens.size()) {
      SqlToken token = resolve(index);
      add(token);
      index += token.kind() == Kind.PARAMETER ? 2 : 1;
    }
    endStatement();
  }

  /** Returns the piece at the index, or the parameter that it makes with the next one. */
  private SqlToken resolve(int index) {
    SqlToken token = tokens.get(index);
    if (token.kind() != Kind.COLON || brackets.takesSlice()) {
      return token;
    }
    // A value cannot follow a constant, so this is the colon of JSON_OBJECT('key': value).
    if (index + 1 == tokens.size() || (previous != null && previous.isConstant())) {
      return token;
    }
    return afterColon(token, tokens.get(index + 1));
  }

  private SqlToken afterColon(SqlToken colon, SqlToken next) {
    return switch (next.kind()) {
      case WORD -> parameter(colon, next.text());
      case NUMBER -> throw source.error(colon.position(), SqlProblems.NUMBERED_PARAMETER);
      case STRING, ESCAPE_STRING, QUOTED_NAME ->
          throw source.error(colon.position(), SqlProblems.PSQL_VARIABLE);
      default -> colon;
    };
  }

  private SqlToken parameter(SqlToken colon, String word) {
    if (!SqlCharacters.isParameterName(word)) {
      throw source.error(colon.position(), SqlProblems.parameterName(word));
    }
    return new SqlToken(Kind.PARAMETER, word, colon.position());
  }

  private void add(SqlToken token) {
    switch (token.kind()) {
      case OPEN -> brackets.open(token, previous, beforePrevious);
      case CLOSE -> brackets.close(token);
      case SEMICOLON -> {
        if (!brackets.inParentheses()) {
          endStatement();
          return;
        }
      }
      default -> {}
    }
    if (!statement.isEmpty() || token.kind() != Kind.WHITESPACE) {
      statement.add(token);
    }
    if (token.isSignificant()) {
      beforePrevious = previous;
      previous = token;
    }
  }

  private void endStatement() {
    brackets.requireAllClosed();
    while (!statement.isEmpty() && statement.getLast().kind() == Kind.WHITESPACE) {
      statement.removeLast();
    }
    if (statement.stream().anyMatch(SqlToken::isSignificant)) {
      statements.add(statement);
    }
    statement = new ArrayList<>();
    previous = null;
    beforePrevious = null;
  }

  private List<SqlToken> onlyStatement() {
    if (statements.isEmpty()) {
      throw new IllegalArgumentException(source.name() + ": " + SqlProblems.EMPTY);
    }
    if (statements.size() > 1) {
      throw source.error(startOf(statements.get(1)), SqlProblems.SECOND_STATEMENT);
    }
    return statements.getFirst();
  }

  private static int startOf(List<SqlToken> tokens) {
    return tokens.stream()
        .filter(SqlToken::isSignificant)
        .mapToInt(SqlToken::position)
        .findFirst()
        .orElseThrow();
  }
}
