package com.cruddur.db.json;

import com.cruddur.db.json.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a statement so that the JDBC driver finds in it exactly the placeholders that are meant.
 *
 * <p>The driver reads a text by rules of its own, which come close to PostgreSQL's. Where they
 * differ, the same thing is written in a way that both read alike. Used by one thread, once.
 */
final class JdbcText {

  private final StringBuilder text = new StringBuilder();
  private final List<String> parameters = new ArrayList<>();

  private JdbcText() {}

  /** Returns the statement that the pieces make, ready for {@code prepareStatement}. */
  static SqlStatement write(SqlSource source, List<SqlToken> tokens) {
    JdbcText jdbc = new JdbcText();
    SqlToken main = MainQuery.start(tokens);
    int start = 0;
    for (SqlToken token : tokens) {
      start = token == main ? jdbc.text.length() : start;
      jdbc.append(token);
    }
    if (tokens.getLast().kind() == Kind.LINE_COMMENT) {
      // Otherwise the comment would swallow what is written after the statement.
      jdbc.text.append('\n');
    }
    return new SqlStatement(
        source,
        jdbc.text.toString(),
        jdbc.parameters,
        start,
        MainQuery.changesRows(tokens),
        tokens.stream().anyMatch(JdbcText::dependsOnStandardStrings));
  }

  private static boolean dependsOnStandardStrings(SqlToken token) {
    return token.kind() == Kind.STRING && token.text().indexOf('\\') >= 0;
  }

  private void append(SqlToken token) {
    String written = token.text();
    switch (token.kind()) {
      case PARAMETER -> appendParameter(token.text());
      // ?? is the driver's way to write the operators ?, ?| and ?&.
      case OPERATOR -> appendApart(written.replace("?", "??"), written.startsWith("?"));
      case BLOCK_COMMENT -> text.append(blockComment(written));
      case ESCAPE_STRING -> text.append(escapeString(written));
      // The driver takes no dollar for a quote right after another dollar.
      case DOLLAR_STRING -> appendApart(written, true);
      default -> text.append(written);
    }
  }

  /** Without the blanks, {@code limit:n} would become the name {@code limit$1}. */
  private void appendParameter(String name) {
    parameters.add(name);
    appendApart("?", true);
  }

  private void appendApart(String written, boolean apart) {
    if (apart && !standsApart()) {
      text.append(' ');
    }
    text.append(written);
  }

  private boolean standsApart() {
    return !text.isEmpty() && " \n([,=".indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  /** The driver takes the start of a comment that begins with a slash for a whole comment. */
  private static String blockComment(String comment) {
    return comment.startsWith("/*/") ? "/* " + comment.substring(2) : comment;
  }

  /**
   * The driver forgets after a quote inside such a string, and in what continues it on a later
   * line, that a backslash means something. Without quotes inside it need not know.
   */
  private static String escapeString(String string) {
    int open = string.indexOf('\'');
    StringBuilder written = new StringBuilder(string.substring(0, open + 1));
    for (int i = open + 1; i < string.length() - 1; i++) {
      char first = string.charAt(i);
      char second = string.charAt(i + 1);
      boolean pair = first == '\\' || first == '\'';
      if (pair && second == '\'') {
        written.append("\\047");
      } else {
        written.append(first).append(pair ? String.valueOf(second) : "");
      }
      i += pair ? 1 : 0;
    }
    return written.append('\'').toString();
  }
}
