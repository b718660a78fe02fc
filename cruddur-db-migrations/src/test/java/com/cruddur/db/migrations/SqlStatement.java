package com.cruddur.db.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement, taken apart as PostgreSQL does, so that no comment, quote or line break hides a
 * word.
 *
 * <p>Its tokens are words in lower case, {@code "quoted names"}, {@code 'strings'}, {@code
 * $$bodies}, numbers and single characters; comments are gone, but for {@code -- safe:}.
 */
record SqlStatement(List<String> tokens) {

  /** What a reviewer put before a statement, with a reason. */
  static final String SAFE = "-- safe:";

  private static final Pattern COMMENT = Pattern.compile("--[^\\r\\n]*+");
  private static final Pattern REVIEWED = Pattern.compile("--\\h*safe:\\h*\\S.*");
  private static final Pattern BODY =
      Pattern.compile("\\$(\\w*+)\\$(.*?)\\$\\1\\$", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile(
          String.join(
              "|",
              "[eE]'[^'\\\\]*+(?:(?:\\\\.|'')[^'\\\\]*+)*+'",
              "[bBxXnN]'[^']*+'",
              "(?:[uU]&)?'[^']*+(?:''[^']*+)*+'",
              "(?:[uU]&)?\"[^\"]*+(?:\"\"[^\"]*+)*+\"",
              "[\\p{L}_][\\p{L}\\p{N}_$]*+",
              "[0-9][0-9.]*+",
              "[^'\"]"),
          Pattern.DOTALL);
  private static final Pattern SIMPLE = Pattern.compile("'[\\w.]*'");

  SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** Splits a script. A quote or comment without an end makes the rest one unknown statement. */
  static List<SqlStatement> in(String script) {
    List<SqlStatement> statements = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (int at = 0; at < script.length(); ) {
      int end = endOfToken(script, at);
      String token = token(script.substring(at, end));
      if (token.equals(";")) {
        addTo(statements, tokens);
        tokens.clear();
      } else if (!token.isBlank() && !(token.equals(SAFE) && !beginsLine(script, at))) {
        tokens.add(token);
      }
      at = end;
    }
    addTo(statements, tokens);
    return statements;
  }

  /** What stands behind a statement is about that one, not about the next. */
  private static boolean beginsLine(String script, int at) {
    return script.substring(script.lastIndexOf('\n', at) + 1, at).isBlank();
  }

  private static void addTo(List<SqlStatement> statements, List<String> tokens) {
    if (tokens.stream().anyMatch(token -> !token.equals(SAFE))) {
      statements.add(new SqlStatement(tokens));
    }
  }

  private static int endOfToken(String script, int at) {
    if (script.startsWith("/*", at)) {
      return endOfComment(script, at);
    }
    for (Pattern pattern : List.of(COMMENT, BODY, TOKEN)) {
      Matcher token = pattern.matcher(script).region(at, script.length());
      if (token.lookingAt()) {
        return token.end();
      }
    }
    return script.length();
  }

  private static int endOfComment(String script, int start) {
    int depth = 0;
    for (int at = start; at < script.length() - 1; at++) {
      if (script.startsWith("/*", at)) {
        depth++;
        at++;
      } else if (script.startsWith("*/", at)) {
        depth--;
        at++;
        if (depth == 0) {
          return at + 1;
        }
      }
    }
    return script.length();
  }

  private static String token(String text) {
    if (text.startsWith("--")) {
      return REVIEWED.matcher(text).matches() ? SAFE : "";
    }
    if (text.startsWith("/*")) {
      return text.endsWith("*/") ? "" : text;
    }
    Matcher body = BODY.matcher(text);
    if (body.matches()) {
      return "$$" + body.group(2);
    }
    return text.indexOf('\'') < 0 && text.indexOf('"') < 0 ? text.toLowerCase(Locale.ROOT) : text;
  }

  boolean isReviewed() {
    return tokens.get(0).equals(SAFE);
  }

  SqlStatement from(int index) {
    return new SqlStatement(tokens.subList(index, tokens.size()));
  }

  /** Returns one line in which each pair of parentheses is {@code ()}, to compare forms by. */
  String form() {
    StringBuilder form = new StringBuilder();
    int depth = 0;
    for (String token : tokens) {
      boolean closes = token.equals(")") && depth > 0;
      depth -= closes ? 1 : 0;
      if (depth == 0 && !token.equals(SAFE)) {
        form.append(form.isEmpty() || closes ? "" : " ").append(shown(token));
      }
      depth += token.equals("(") ? 1 : 0;
    }
    return form.append(depth > 0 ? " (" : "").toString().replace(" . ", ".");
  }

  private static String shown(String token) {
    if (token.startsWith("$$")) {
      return "$$";
    }
    boolean isText = token.startsWith("'") && TOKEN.matcher(token).matches();
    return isText && !SIMPLE.matcher(token).matches() ? "'...'" : token;
  }

  /** Returns what stands in the first pair of parentheses, divided at its commas. */
  List<SqlStatement> elements() {
    int open = tokens.indexOf("(");
    return from(open + 1).parts(tokens.lastIndexOf(")") - open - 1);
  }

  /** Divides the statement at the commas outside of parentheses. */
  List<SqlStatement> parts() {
    return parts(tokens.size());
  }

  private List<SqlStatement> parts(int length) {
    List<SqlStatement> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= length; i++) {
      String token = i == length ? "," : tokens.get(i);
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (i == length || (depth == 0 && token.equals(","))) {
        parts.add(new SqlStatement(tokens.subList(start, i)));
        start = i + 1;
      }
    }
    return parts;
  }
}
