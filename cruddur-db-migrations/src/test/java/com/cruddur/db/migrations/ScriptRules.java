package com.cruddur.db.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a migration must not do to a table that is in use. A statement that looks unsafe and is not
 * carries {@code -- safe: reason}, which a reviewer has read.
 */
final class ScriptRules {

  private record Rule(String complaint, Pattern pattern) {}

  private static final List<Rule> STATEMENTS =
      List.of(
          rule("a type TIMESTAMP has no time zone", "\\btimestamp\\b(?! with time zone)"),
          rule("a new type rewrites or shifts a table", "\\bALTER COLUMN \\w+ (SET DATA )?TYPE\\b"),
          rule(
              "an index without CONCURRENTLY blocks writers",
              "\\bCREATE (UNIQUE )?INDEX (?!CONCURRENTLY)"),
          rule("IF NOT EXISTS keeps an invalid index", "\\bINDEX CONCURRENTLY IF NOT EXISTS\\b"),
          rule(
              "an index dropped without CONCURRENTLY blocks readers",
              "\\bDROP INDEX (?!CONCURRENTLY)"),
          rule(
              "a constraint without NOT VALID reads the table under its lock",
              "\\bADD (CONSTRAINT \\w+ )?(CHECK|FOREIGN KEY)\\b(?!.*NOT VALID)"),
          rule(
              "a unique constraint builds its index under its lock",
              "\\bADD (CONSTRAINT \\w+ )?(UNIQUE|PRIMARY KEY|EXCLUDE)\\b"),
          rule(
              "REFERENCES on a column is checked under its lock",
              "\\bADD COLUMN\\b[^,]*\\bREFERENCES\\b"),
          rule("SET NOT NULL reads the table under its lock", "\\bSET NOT NULL\\b"),
          rule(
              "a new column with NOT NULL fails or rewrites",
              "\\bADD COLUMN\\b[^,]*\\bNOT NULL\\b"),
          rule(
              "a volatile default rewrites the table",
              "\\bADD COLUMN\\b[^,]*\\bDEFAULT\\b[^,]*\\("),
          rule(
              "what is dropped is lost, and missed by running services",
              "\\bDROP (COLUMN|TABLE|SCHEMA|TYPE)\\b"),
          rule("a new name breaks running services", "\\bRENAME\\b"),
          rule("rows are changed in one long transaction", "^(UPDATE|DELETE|TRUNCATE|INSERT)\\b"),
          rule("blocks everybody", "\\b(LOCK TABLE|VACUUM FULL|CLUSTER)\\b"),
          rule(
              "REINDEX without CONCURRENTLY blocks writers",
              "\\bREINDEX (INDEX|TABLE) (?!CONCURRENTLY)"),
          rule(
              "an unqualified name is looked up in the search_path",
              "\\b(ALTER TABLE|CREATE TABLE|CREATE FUNCTION|COMMENT ON TABLE|COMMENT ON COLUMN|REFERENCES|INDEX CONCURRENTLY (IF EXISTS )?\\w+ ON|TRIGGER \\w+ .* ON) (?!public\\.)"));

  private static final Pattern LOCK_TIMEOUT =
      Pattern.compile("SET (LOCAL )?lock_timeout = '\\d+m?s';");
  private static final Pattern SAFE = Pattern.compile("-- safe: \\S+");

  private ScriptRules() {}

  private static Rule rule(String complaint, String pattern) {
    return new Rule(complaint, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
  }

  static List<String> complaints(String script, boolean transactional) {
    List<String> complaints = new ArrayList<>();
    String local = transactional ? "LOCAL " : "";
    if (!LOCK_TIMEOUT.matcher(script).find() || !script.contains("SET " + local + "lock_timeout")) {
      complaints.add("has no lock time-out");
    }
    if (!script.contains("SET " + local + "search_path = pg_catalog;")) {
      complaints.add("trusts the search_path");
    }
    if (transactional == script.contains("INDEX CONCURRENTLY")) {
      complaints.add(
          "needs a .conf with executeInTransaction=false for CONCURRENTLY, and only for it");
    }
    if (script.contains("TYPE timestamptz") && !script.contains("SET LOCAL TimeZone = 'UTC';")) {
      complaints.add("shifts time stamps by the zone of the session");
    }
    // The body of a function does not run now; that of a DO does.
    String running = script.replaceAll("(?s)(CREATE FUNCTION.*?)\\$\\$.*?\\$\\$", "$1");
    for (String statement : running.split(";")) {
      check(statement, complaints);
    }
    return complaints;
  }

  private static void check(String statement, List<String> complaints) {
    if (SAFE.matcher(statement).find()) {
      return;
    }
    String bare = statement.replaceAll("--[^\n]*", "").replaceAll("'[^']*'", "''").strip();
    for (Rule rule : STATEMENTS) {
      if (rule.pattern().matcher(bare.replaceAll("\\s+", " ")).find()) {
        complaints.add(rule.complaint() + ": " + bare.lines().findFirst().orElse(""));
      }
    }
  }
}
