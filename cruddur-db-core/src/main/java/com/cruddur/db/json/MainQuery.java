package com.cruddur.db.json;

import com.cruddur.db.json.SqlToken.Kind;
import java.util.List;

/**
 * Finds in a statement what comes after its WITH clause.
 *
 * <p>PostgreSQL takes an INSERT, UPDATE, DELETE or MERGE in a WITH clause at the top of a statement
 * only. So such a statement cannot stand in another one; its main query can, beside the clause.
 */
final class MainQuery {

  private static final List<String> CHANGING = List.of("INSERT", "UPDATE", "DELETE", "MERGE");
  private static final List<String> READING = List.of("SELECT", "VALUES", "TABLE");

  private MainQuery() {}

  /** Returns whether the statement changes rows, or may: FOR UPDATE in a WITH clause counts. */
  static boolean changesRows(List<SqlToken> tokens) {
    List<SqlToken> seen = significant(tokens);
    return isAny(seen.getFirst(), CHANGING)
        || (seen.getFirst().isWord("WITH") && seen.stream().anyMatch(t -> isAny(t, CHANGING)));
  }

  /** Returns the first piece after the WITH clause, or the very first if there is no clause. */
  static SqlToken start(List<SqlToken> tokens) {
    List<SqlToken> seen = significant(tokens);
    int depth = 0;
    for (int i = 1; i < seen.size() && seen.getFirst().isWord("WITH"); i++) {
      SqlToken token = seen.get(i);
      if (depth == 0 && begins(token, seen.get(i - 1))) {
        return token;
      }
      depth += token.kind() == Kind.OPEN ? 1 : token.kind() == Kind.CLOSE ? -1 : 0;
    }
    return tokens.getFirst();
  }

  /** A name in the clause, which may be one of these words, follows WITH, RECURSIVE or a comma. */
  private static boolean begins(SqlToken token, SqlToken previous) {
    if (token.is("(")) {
      return previous.is(")");
    }
    boolean names = previous.isWord("WITH") || previous.isWord("RECURSIVE") || previous.is(",");
    return !names && (isAny(token, READING) || isAny(token, CHANGING));
  }

  private static boolean isAny(SqlToken token, List<String> words) {
    return words.stream().anyMatch(token::isWord);
  }

  private static List<SqlToken> significant(List<SqlToken> tokens) {
    return tokens.stream().filter(SqlToken::isSignificant).toList();
  }
}
