package com.cruddur.db.migrations;

import java.util.List;
import java.util.regex.Pattern;

/** What to write instead of a statement that {@link SafeForms} does not know. */
final class SaferForms {

  private record Advice(Pattern form, String text) {}

  private static final List<Advice> ADVICE =
      List.of(
          advice(
              "(?i).*(\"| [ebxnu]&?').*",
              "a quoted name or an escaped text hides what it names: write names plain and in lower case, texts as '...'"),
          advice(
              "alter table( only| if exists)*+ <name> .*|create table( if not exists)?+ <name> .*"
                  + "|comment on (table|column|function) (?!public\\.).*|create function <name> .*"
                  + "|(create( unique)?|drop) index concurrently (if (not )?exists )?(<name>$|<name> on (?!public\\.).*)",
              "an unqualified name is looked up in the search_path: write public. before it"),
          advice(
              "(?!create|comment).*\\bset not null\\b.*",
              "SET NOT NULL reads the table under its lock: CHECK (... IS NOT NULL) NOT VALID, VALIDATE in the next"
                  + " migration, SET NOT NULL in the one after that"),
          advice(
              "add (?!constraint).*\\bnot null\\b.*",
              "a new column with NOT NULL fails or rewrites: add it without, let the services fill it, then go on as"
                  + " for SET NOT NULL"),
          advice(
              "add (?!constraint|foreign).*\\breferences\\b.*",
              "REFERENCES on a column is checked under its lock: ADD CONSTRAINT ... FOREIGN KEY ... NOT VALID, VALIDATE"
                  + " in the next migration"),
          advice(
              "add .*\\b(unique|primary key|exclude)\\b.*",
              "a unique constraint builds its index under its lock: CREATE UNIQUE INDEX CONCURRENTLY"),
          advice(
              "add (constraint|check|foreign)\\b.*|add .*\\bcheck\\b.*",
              "a constraint without a name and NOT VALID reads the table under its lock: ADD CONSTRAINT name ... NOT"
                  + " VALID, VALIDATE in the next migration; without ON DELETE"),
          advice(
              "add .*\\b(default|generated)\\b.*",
              "a volatile default or a generated column rewrites the table: a constant, or no default"),
          advice("add .*", "this type of column is none of the known ones, some of which rewrite"),
          advice(
              "alter (?!type ).*\\btype\\b.*",
              "a new type rewrites or shifts a table: add a column, fill it, drop the old one later"),
          advice(
              ".*\\brename\\b.*",
              "a new name breaks running services: add what is new, drop what is old a release later"),
          advice(
              "drop index.*",
              "an index dropped without CONCURRENTLY blocks readers, one that is not made anew is missed"),
          advice(
              "drop .*|alter .* drop .*",
              "what is dropped is lost, and missed by running services: stop using it a release before"),
          advice(
              "create( unique)? index concurrently if not exists.*",
              "IF NOT EXISTS keeps an invalid index: DROP INDEX CONCURRENTLY IF EXISTS, then CREATE"),
          advice(
              "create( unique)? index.*",
              "an index without CONCURRENTLY blocks writers: in a script without a transaction,"
                  + " DROP INDEX CONCURRENTLY IF EXISTS public.name, then CREATE INDEX CONCURRENTLY name ON public.table"),
          advice(
              "(create|alter)( or replace)?( constraint)? (trigger|rule|policy|event trigger).*|(en|dis)able .*",
              "changes what the statements of running services do: think of each of them"),
          advice(
              "create .*", "is new to these migrations: think of its locks, and of who may use it"),
          advice(
              "(insert|update|delete|merge|truncate|with|copy|table|values)\\b.*",
              "rows are changed or read in one long transaction: a fix (Fixes) or the services do it, in batches"),
          advice(
              "(select|call|execute|perform|do|if|for|while|loop)\\b.*",
              "runs what this check cannot see: write the statements, and look only into pg_catalog for conditions"),
          advice(
              "(lock|vacuum|cluster|reindex|refresh|analyze)\\b.*",
              "blocks everybody, or for long: migrate() rebuilds invalid indexes, the server does the rest by itself"),
          advice(
              "set (\\(\\)|logged|unlogged|tablespace|schema|without|access)\\b.*|set \\(\\)",
              "moves or rewrites a table, or changes how it is kept: do it by hand at a quiet time"),
          advice(
              "(set|reset|discard|begin|start|commit|end|rollback|abort|savepoint)\\b.*",
              "changes the time-out, the search_path or the transaction that the other statements rely on"),
          advice(
              "(grant|revoke|reassign|alter default)\\b.*",
              "rights are the task of afterMigrate__rights.sql"));

  private SaferForms() {}

  private static Advice advice(String form, String text) {
    return new Advice(Pattern.compile(form.replace("<name>", "[a-z_][a-z0-9_]*+(?!\\.)")), text);
  }

  static String insteadOf(SqlStatement statement) {
    return insteadOf(statement, statement);
  }

  static String insteadOf(SqlStatement part, SqlStatement whole) {
    String form = part.form();
    return ADVICE.stream()
            .filter(advice -> advice.form().matcher(form).matches())
            .findFirst()
            .map(Advice::text)
            .orElse("is none of the known safe forms")
        + ": "
        + whole.form();
  }
}
