package com.cruddur.db.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The body of a DO: the statements that it runs, without the conditions around them. */
final class DoBlock {

  private static final Set<String> PARTS_OF_CONDITIONS =
      Set.of("exists", "in", "any", "and", "or", "not", "where", "on", "=", "select", "(");
  private static final Set<String> HARMLESS_FUNCTIONS =
      Set.of(
          "pg_has_role",
          "to_regclass",
          "has_schema_privilege",
          "has_table_privilege",
          "format_type");
  private static final Set<String> NOT_IN_CONDITIONS =
      Set.of(
          "insert", "update", "delete", "merge", "into", "with", "for", "public", "table", "call");

  private DoBlock() {}

  /** A condition that looks at more than the catalog comes back as a part of its statement. */
  static List<SqlStatement> statements(String body) {
    List<SqlStatement> running = new ArrayList<>();
    for (SqlStatement statement : SqlStatement.in(body)) {
      SqlStatement bare = withoutControl(statement);
      if (!bare.tokens().isEmpty()) {
        running.add(bare);
      }
    }
    return running;
  }

  private static SqlStatement withoutControl(SqlStatement statement) {
    SqlStatement rest = statement;
    while (!rest.tokens().isEmpty()) {
      int control = lengthOfControl(rest);
      if (control == 0) {
        return rest;
      }
      rest = rest.from(control);
    }
    return rest;
  }

  private static int lengthOfControl(SqlStatement statement) {
    List<String> tokens = statement.tokens();
    int all = tokens.size();
    return switch (tokens.get(0)) {
      case "begin", "else" -> 1;
      case "declare" -> statement.form().matches("declare [a-z_]+ [a-z]+") ? all : 0;
      case "end" -> statement.form().matches("end( if| loop)?") ? all : 0;
      case "if", "elsif" -> lengthOfCondition(tokens, 1, tokens.indexOf("then"));
      case "for" ->
          statement.form().matches("for [a-z_]+ in select .*")
              ? lengthOfCondition(tokens, 3, tokens.indexOf("loop"))
              : 0;
      default -> 0;
    };
  }

  private static int lengthOfCondition(List<String> tokens, int from, int end) {
    return end > from && looksOnlyAtTheCatalog(tokens.subList(from, end)) ? end + 1 : 0;
  }

  /** An unqualified name is one of the catalog, because the script set the search_path. */
  private static boolean looksOnlyAtTheCatalog(List<String> condition) {
    for (int i = 0; i < condition.size(); i++) {
      String token = condition.get(i);
      String before = i == 0 ? "(" : condition.get(i - 1);
      boolean isRelation = Set.of("from", "join", ",").contains(before);
      boolean isQualified = i + 1 < condition.size() && condition.get(i + 1).equals(".");
      if (NOT_IN_CONDITIONS.contains(token)
          || token.contains("\"")
          || token.equals("(") && !mayStandBeforeParenthesis(before)
          || isRelation && isQualified && !token.equals("pg_catalog")) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayStandBeforeParenthesis(String token) {
    return PARTS_OF_CONDITIONS.contains(token) || HARMLESS_FUNCTIONS.contains(token);
  }
}
