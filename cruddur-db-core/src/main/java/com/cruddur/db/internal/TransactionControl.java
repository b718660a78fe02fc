package com.cruddur.db.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.postgresql.core.TransactionState;

/**
 * Refuses texts that would begin or end a transaction. They are split as the driver splits them
 * before it sends them; from inside of functions and procedures the server refuses the same.
 */
final class TransactionControl {

  /** Most texts hold none of these words, and need no second look. */
  private static final Pattern SUSPECT =
      Pattern.compile(
          "\\b(commit|end|rollback|abort|begin|start|prepare)\\b", Pattern.CASE_INSENSITIVE);

  private static final int WORDS_THAT_TELL = 3;

  private TransactionControl() {}

  static void refuse(String sql, Connection connection) throws SQLException {
    if (SUSPECT.matcher(sql).find()) {
      // Where a literal ends depends on it.
      boolean conforming = connection.unwrap(BaseConnection.class).getStandardConformingStrings();
      for (NativeQuery part : Parser.parseJdbcSql(sql, conforming, false, true, false, false)) {
        refuse(firstWords(part.nativeSql.toCharArray()));
      }
    }
  }

  private static void refuse(List<String> words) throws SQLException {
    if (isTransactionControl(words)) {
      throw refusal(words.get(0));
    }
  }

  /**
   * Rolls back what a text began on a connection that is in nobody's transaction: it would go on
   * for whoever has the connection next.
   */
  static void refuseLeftOpen(Connection connection) throws SQLException {
    if (!connection.isClosed() && connection.getAutoCommit() && isInTransaction(connection)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ROLLBACK");
      }
      throw new SQLException(
          "A statement began a transaction and left it open, so it was rolled back. Use"
              + " transaction(…), which gives its work one connection; without it each statement"
              + " gets another.",
          "25001");
    }
  }

  private static boolean isInTransaction(Connection connection) throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
  }

  /** Returns the refusal of what would end the transaction. */
  static SQLException refusal(String what) {
    return new SQLException(
        "The transaction ends when its work returns or throws; "
            + what
            + " is not for the work to call. Nest a transaction for what may fail on its own.",
        "25000");
  }

  private static boolean isTransactionControl(List<String> words) {
    return switch (words.isEmpty() ? "" : words.get(0)) {
      case "COMMIT", "END", "ABORT", "BEGIN" -> true;
      case "START", "PREPARE" -> words.size() > 1 && words.get(1).equals("TRANSACTION");
      case "ROLLBACK" -> !words.contains("TO");
      default -> false;
    };
  }

  private static List<String> firstWords(char[] sql) {
    List<String> words = new ArrayList<>();
    int position = 0;
    while (position < sql.length && words.size() < WORDS_THAT_TELL) {
      int end = endOfBlank(sql, position);
      if (end == position) {
        end = endOfWord(sql, position);
        if (end == position) {
          return words;
        }
        words.add(new String(sql, position, end - position).toUpperCase(Locale.ROOT));
      }
      position = end;
    }
    return words;
  }

  /** Returns the end of the white space or comment that begins here. */
  private static int endOfBlank(char[] sql, int start) {
    return switch (sql[start]) {
      case '-' -> after(start, Parser.parseLineComment(sql, start));
      case '/' -> after(start, Parser.parseBlockComment(sql, start));
      default -> Character.isWhitespace(sql[start]) ? start + 1 : start;
    };
  }

  private static int after(int start, int last) {
    return last == start ? start : last + 1;
  }

  private static int endOfWord(char[] sql, int start) {
    int end = start;
    while (end < sql.length && Character.isLetterOrDigit(sql[end])) {
      end++;
    }
    return end;
  }
}
