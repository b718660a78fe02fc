package com.cruddur.db.json;

import com.cruddur.db.json.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Splits a text into its pieces by the lexical rules of PostgreSQL with {@code
 * standard_conforming_strings} on. It does not know what a parameter is.
 *
 * <p>Used by one thread, for one text.
 */
final class SqlTokenizer {

  private final SqlSource source;
  private final SqlScanner scanner;
  private final List<SqlToken> tokens = new ArrayList<>();

  private SqlTokenizer(SqlSource source) {
    this.source = source;
    this.scanner = new SqlScanner(source);
  }

  /**
   * Returns the pieces, which together are the whole text.
   *
   * @throws IllegalArgumentException if the text cannot be SQL, with the place
   */
  static List<SqlToken> tokenize(SqlSource source) {
    source.requireSendable();
    SqlTokenizer tokenizer = new SqlTokenizer(source);
    int position = 0;
    while (position < source.text().length()) {
      SqlToken token = tokenizer.tokenAt(position);
      tokenizer.tokens.add(token);
      position = token.end();
    }
    return tokenizer.tokens;
  }

  private SqlToken tokenAt(int start) {
    char first = scanner.at(start);
    if (SqlCharacters.isSpace(first)) {
      return run(Kind.WHITESPACE, start, SqlCharacters::isSpace);
    }
    if (scanner.startsWith("--", start)) {
      return token(Kind.LINE_COMMENT, start, scanner.endOfLineComment(start));
    }
    if (scanner.startsWith("/*", start)) {
      return token(Kind.BLOCK_COMMENT, start, scanner.endOfBlockComment(start));
    }
    if (SqlCharacters.isOperator(first)) {
      return token(Kind.OPERATOR, start, scanner.endOfOperator(start));
    }
    if ((first == 'e' || first == 'E') && scanner.at(start + 1) == '\'') {
      return token(Kind.ESCAPE_STRING, start, scanner.endOfEscapeString(start, start + 1));
    }
    if (SqlCharacters.isWordStart(first)) {
      return word(start);
    }
    return SqlCharacters.isDigit(first) ? number(start) : symbol(first, start);
  }

  private SqlToken symbol(char first, int start) {
    return switch (first) {
      case '\'' -> string(start);
      case '"' -> token(Kind.QUOTED_NAME, start, scanner.endOfQuoted(start, start, "quoted name"));
      case '$' -> dollarString(start);
      case '(', '[' -> token(Kind.OPEN, start, start + 1);
      case ')', ']' -> token(Kind.CLOSE, start, start + 1);
      case ';' -> token(Kind.SEMICOLON, start, start + 1);
      case ',', '.' -> token(Kind.PUNCTUATION, start, start + 1);
      case ':' -> colon(start);
      default -> throw source.error(start, SqlProblems.unexpected(first));
    };
  }

  private SqlToken colon(int start) {
    boolean twoCharacters = scanner.startsWith("::", start) || scanner.startsWith(":=", start);
    return twoCharacters
        ? token(Kind.PUNCTUATION, start, start + 2)
        : token(Kind.COLON, start, start + 1);
  }

  private SqlToken string(int start) {
    return continuesEscapeString()
        ? token(Kind.ESCAPE_STRING, start, scanner.endOfEscapeString(start, start))
        : token(Kind.STRING, start, scanner.endOfQuoted(start, start, "string"));
  }

  /** Two strings with a line end and no more than line comments between them are one string. */
  private boolean continuesEscapeString() {
    boolean lineEnds = false;
    for (SqlToken token : tokens.reversed()) {
      switch (token.kind()) {
        case WHITESPACE -> lineEnds |= token.text().chars().anyMatch(SqlCharacters::isLineEnd);
        case LINE_COMMENT -> {}
        default -> {
          return lineEnds && token.kind() == Kind.ESCAPE_STRING;
        }
      }
    }
    return false;
  }

  private SqlToken dollarString(int start) {
    String tag = scanner.dollarTag(start);
    if (tag.isEmpty()) {
      throw source.error(start, SqlProblems.loneDollar(scanner.at(start + 1)));
    }
    if (!DriverLimits.readsTag(tag)) {
      throw source.error(start, DriverLimits.UNREADABLE_TAG);
    }
    return token(Kind.DOLLAR_STRING, start, scanner.endOfDollarString(start, tag));
  }

  private SqlToken word(int start) {
    SqlToken word = run(Kind.WORD, start, SqlCharacters::isWordPart);
    if (!DriverLimits.readsWord(word.text())) {
      throw source.error(start, DriverLimits.UNREADABLE_WORD);
    }
    return word;
  }

  /** Takes letters too: whether {@code 1e5}, {@code 0xff} or {@code 1a} is right is not ours. */
  private SqlToken number(int start) {
    SqlToken number = run(Kind.NUMBER, start, SqlCharacters::isTagPart);
    char next = scanner.at(number.end());
    if (next == '\'' || next == '$') {
      throw source.error(number.end(), "there is no blank between a number and " + next);
    }
    return number;
  }

  private SqlToken run(Kind kind, int start, IntPredicate accepted) {
    return token(kind, start, scanner.endOfRun(start, accepted));
  }

  private SqlToken token(Kind kind, int start, int end) {
    return new SqlToken(kind, source.text().substring(start, end), start);
  }
}
