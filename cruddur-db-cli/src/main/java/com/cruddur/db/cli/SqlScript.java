package com.cruddur.db.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a file of SQL apart into its statements, as psql would, but without psql's commands. */
final class SqlScript {

  /** Each alternative is read as a whole, so that a semicolon in it separates nothing. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>--[^\\n]*|/\\*)"
              + "|(?<![\\w$])[eE]'(?:[^'\\\\]|\\\\.|'')*+'?"
              + "|'(?:[^']|'')*+'?"
              + "|\"(?:[^\"]|\"\")*+\"?"
              + "|(?<![\\w$])(?<tag>\\$(?:[A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?\\$)"
              + "|(?<end>;)",
          Pattern.DOTALL);

  private static final Set<String> TRANSACTIONS =
      Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE");

  private final String file;
  private final String text;
  private final List<Part> parts = new ArrayList<>();
  private int start;

  private SqlScript(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * A statement.
   *
   * @param line the line of the file, from 1, on which the SQL begins
   * @param sql without the semicolon, comments in it kept
   */
  record Part(int line, String sql) {

    /** Returns the SQL without comments and needless blanks, in lower case outside of quotes. */
    String normalized() {
      StringBuilder normal = new StringBuilder();
      StringBuilder plain = new StringBuilder();
      Matcher token = TOKEN.matcher(sql);
      int position = 0;
      while (position < sql.length() && token.find(position)) {
        plain.append(sql, position, token.start());
        position = endOf(sql, token);
        if (token.group("comment") != null) {
          plain.append(' ');
        } else {
          normal.append(squeezed(plain)).append(sql, token.start(), position);
          plain.setLength(0);
        }
      }
      return normal.append(squeezed(plain.append(sql, position, sql.length()))).toString();
    }

    private static String squeezed(StringBuilder plain) {
      String lower = plain.toString().strip().toLowerCase(Locale.ROOT);
      return lower.replaceAll("\\s+", " ").replaceAll(" ?([(),.=+]) ?", "$1");
    }
  }

  static List<Part> split(String file, String text) {
    return new SqlScript(file, text).split();
  }

  private List<Part> split() {
    Matcher token = TOKEN.matcher(text);
    int position = 0;
    boolean empty = true;
    while (position < text.length()) {
      boolean found = token.find(position);
      int begin = found ? token.start() : text.length();
      if (empty && !text.substring(position, begin).isBlank()) {
        start = position + blanks(position);
        empty = false;
      }
      if (!found) {
        break;
      }
      position = endOf(text, token);
      if (token.group("end") != null) {
        add(empty, begin);
        empty = true;
      } else if (token.group("comment") == null && empty) {
        start = begin;
        empty = false;
      }
    }
    add(empty, text.length());
    return parts;
  }

  private int blanks(int from) {
    int count = 0;
    while (Character.isWhitespace(text.charAt(from + count))) {
      count++;
    }
    return count;
  }

  private static int endOf(String text, Matcher token) {
    String tag = token.group("tag");
    if (tag != null) {
      int end = text.indexOf(tag, token.end());
      return end < 0 ? text.length() : end + tag.length();
    }
    return token.group().equals("/*") ? endOfComment(text, token.end()) : token.end();
  }

  /** Comments of this kind nest (PostgreSQL manual, "Comments"). */
  private static int endOfComment(String text, int from) {
    int depth = 1;
    int position = from;
    while (depth > 0 && position < text.length()) {
      if (text.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else if (text.startsWith("/*", position)) {
        depth++;
        position += 2;
      } else {
        position++;
      }
    }
    return position;
  }

  private void add(boolean empty, int end) {
    if (!empty) {
      Part part = new Part(line(start), text.substring(start, end).stripTrailing());
      check(part);
      parts.add(part);
    }
  }

  private int line(int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  private void check(Part part) {
    if (part.sql().startsWith("\\")) {
      throw refused(part, "is a command of psql. Leave it out, or run the file with psql.");
    }
    String word = part.sql().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    if (TRANSACTIONS.contains(word)) {
      throw refused(
          part, "controls the transaction, and the whole file is one already. Leave it out.");
    }
  }

  private IllegalArgumentException refused(Part part, String reason) {
    String line = part.sql().lines().findFirst().orElse("");
    String shown = line.length() > 30 ? line.substring(0, 30) + "…" : line;
    return new IllegalArgumentException(
        file + ":" + part.line() + ": " + shown + " " + reason + " Nothing was loaded.");
  }
}
