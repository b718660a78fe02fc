package com.cruddur.db.migrations;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that are known to be safe on a table that is in use: they change only the catalog,
 * or work beside readers and writers. Every other statement is refused.
 */
final class SafeForms {

  private static final List<Pattern> STATEMENTS =
      forms(
          "set local timezone = 'UTC'",
          "raise exception '[^']*'",
          "comment on (table <table>|column <table>\\.<name>|function <table> \\(\\)|index <table>"
              + "|(constraint|trigger) <name> on <table>) is ('[^']*'|null)",
          "create function <table> \\(\\) returns (trigger|<type>) language (sql|plpgsql)"
              + "( immutable| stable| strict| parallel safe)* set search_path = pg_catalog as \\$\\$",
          "revoke execute on function <table> \\(\\)( , <table> \\(\\))* from public");

  /** Without a transaction and with a longer lock time-out, so for indexes only. */
  private static final List<Pattern> CONCURRENT =
      forms(
          "drop index concurrently if exists <table>",
          "create (unique )?index concurrently <name> on <table>( using <name>)? \\(\\)"
              + "( include \\(\\))?( where .+)?");

  private static final List<Pattern> ALTERATIONS =
      forms(
          "add (column )?(if not exists )?<name> <type>( default <constant>)?",
          "add constraint <name> check \\(\\) not valid",
          "add constraint <name> foreign key \\(\\) references <table> \\(\\) not valid",
          "validate constraint <name>",
          "alter (column )?<name> drop not null",
          "alter (column )?<name> set default <constant>");

  /** Of a new table, which is empty and used by nobody. */
  private static final List<Pattern> COLUMNS =
      forms(
          "<name> <type>( not null| null|( constraint <name>)? (unique|primary key|check \\(\\))"
              + "|( constraint <name>)? references <table> \\(\\)"
              + "| default (<constant>|current_timestamp|<table> \\(\\)|<name> \\(\\)))*",
          "constraint <name> (check|unique|primary key) \\(\\)",
          "constraint <name> foreign key \\(\\) references <table> \\(\\)");

  private static final Pattern ALTER_TABLE = form("alter table( only)? <table> (?!,).+");
  private static final Pattern CREATE_TABLE = form("create table <table> \\(\\)");
  private static final int WORDS_BEFORE_ACTION = "alter table public . a".split(" ").length;

  private SafeForms() {}

  private static List<Pattern> forms(String... forms) {
    return Arrays.stream(forms).map(SafeForms::form).toList();
  }

  private static Pattern form(String form) {
    return Pattern.compile(
        form.replace("<table>", "public\\.<name>")
            .replace("<name>", "[a-z_][a-z0-9_]*")
            .replace(
                "<type>",
                "(?:text|uuid|smallint|int|integer|bigint|real|double precision|numeric(?: \\(\\))?|boolean"
                    + "|date|interval|timestamptz|timestamp with time zone|jsonb|bytea|inet)(?: \\[ \\])?")
            .replace("<constant>", "(?:'[^']*'|(?:- )?[0-9.]+|true|false|null)"));
  }

  /** Says what is wrong with a statement, and what to write instead. */
  static Optional<String> complaint(SqlStatement statement, boolean transactional) {
    String form = statement.form();
    if (isOneOf(transactional ? STATEMENTS : CONCURRENT, form)) {
      return Optional.empty();
    }
    if (transactional && ALTER_TABLE.matcher(form).matches()) {
      int action = WORDS_BEFORE_ACTION + (statement.tokens().contains("only") ? 1 : 0);
      return unknown(ALTERATIONS, statement.from(action).parts(), statement);
    }
    if (transactional && CREATE_TABLE.matcher(form).matches()) {
      return unknown(COLUMNS, statement.elements(), statement);
    }
    return Optional.of(SaferForms.insteadOf(statement));
  }

  private static Optional<String> unknown(
      List<Pattern> known, List<SqlStatement> parts, SqlStatement whole) {
    return parts.stream()
        .filter(part -> !isOneOf(known, part.form()))
        .findFirst()
        .map(part -> SaferForms.insteadOf(part, whole));
  }

  private static boolean isOneOf(List<Pattern> forms, String form) {
    return forms.stream().map(known -> known.matcher(form)).anyMatch(Matcher::matches);
  }
}
