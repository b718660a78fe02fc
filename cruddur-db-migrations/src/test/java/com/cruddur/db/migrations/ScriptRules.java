package com.cruddur.db.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration may do to a table that is in use. Only statements that are {@linkplain SafeForms
 * known to be safe} pass; another one carries {@code -- safe: reason}, which a reviewer has read.
 */
final class ScriptRules {

  private static final Pattern LOCK_TIMEOUT =
      Pattern.compile("set local lock_timeout = '([1-9]\\d?|100)ms'");
  private static final Pattern LONG_LOCK_TIMEOUT =
      Pattern.compile("set lock_timeout = '([1-9]|[1-5]\\d|60)s'");
  private static final Pattern ALTERED =
      Pattern.compile("alter table (?:only )?public\\.(\\w+) .*");
  private static final Pattern INDEX =
      Pattern.compile("create (?:unique )?index concurrently (\\w+) on .*");
  private static final Pattern CREATED = Pattern.compile("create table public\\.(\\w+) .*");
  private static final Pattern REFERENCE = Pattern.compile("\\breferences public \\. (\\w+)");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\btimestamp\\b(?! with time zone)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TYPE_WITH_ZONE =
      Pattern.compile("\\btype (timestamptz|timestamp with time zone)\\b");

  private static final Pattern HARMLESS_BESIDE_VALIDATE =
      Pattern.compile(
          "(set|comment) .*|alter table (only )?\\S+ validate constraint \\w+( , validate constraint \\w+)*");

  private final String script;
  private final boolean transactional;
  private final List<SqlStatement> statements = new ArrayList<>();
  private final Set<String> complaints = new TreeSet<>();

  private ScriptRules(String script, boolean transactional) {
    this.script = script;
    this.transactional = transactional;
    for (SqlStatement statement : SqlStatement.in(script)) {
      boolean isBlock = statement.form().equals("do $$") && !statement.isReviewed();
      statements.addAll(isBlock ? bodyOf(statement) : List.of(statement));
    }
  }

  private static List<SqlStatement> bodyOf(SqlStatement block) {
    return DoBlock.statements(block.tokens().get(1).substring("$$".length()));
  }

  /** Returns what is wrong with a script; empty if nothing is. */
  static List<String> complaints(String script, boolean transactional) {
    ScriptRules rules = new ScriptRules(script, transactional);
    rules.checkBeginning();
    rules.checkMode();
    rules.checkTimeZone();
    rules.checkStatements();
    rules.checkIndexes();
    rules.checkLocks();
    return List.copyOf(rules.complaints);
  }

  /** Before anything else, so that no statement runs without them. */
  private void checkBeginning() {
    Pattern timeout = transactional ? LOCK_TIMEOUT : LONG_LOCK_TIMEOUT;
    if (!timeout.matcher(form(0)).matches()) {
      complaints.add(
          transactional
              ? "has no lock time-out: begin with SET LOCAL lock_timeout = '100ms';"
              : "has no lock time-out: begin with SET lock_timeout = '60s';");
    }
    if (!form(1).equals("set " + (transactional ? "local " : "") + "search_path = pg_catalog")) {
      complaints.add("trusts the search_path: set it to pg_catalog in the second statement");
    }
  }

  private String form(int index) {
    return index < statements.size() ? statements.get(index).form() : "";
  }

  private void checkMode() {
    if (transactional == statements.stream().anyMatch(s -> s.form().contains("concurrently"))) {
      complaints.add(
          "needs a .conf with executeInTransaction=false for CONCURRENTLY, and only for it");
    }
  }

  private void checkTimeZone() {
    boolean inUtc = false;
    for (SqlStatement statement : statements) {
      inUtc |= statement.form().equals("set local timezone = 'UTC'");
      if (!inUtc && TYPE_WITH_ZONE.matcher(statement.form()).find()) {
        complaints.add(
            "shifts time stamps by the zone of the session: SET LOCAL TimeZone = 'UTC'; before it");
      }
    }
  }

  private void checkStatements() {
    for (int i = 2; i < statements.size(); i++) {
      SqlStatement statement = statements.get(i);
      if (!statement.isReviewed()) {
        SafeForms.complaint(statement, transactional).ifPresent(complaints::add);
        statement.tokens().stream()
            .filter(token -> !token.startsWith("'"))
            .reduce((one, next) -> one + " " + next)
            .filter(text -> TIMESTAMP.matcher(text.replaceAll("\\s+", " ")).find())
            .ifPresent(
                text ->
                    complaints.add(
                        "a type TIMESTAMP has no time zone: timestamptz, or a cast to it"));
      }
    }
  }

  private void checkIndexes() {
    for (int i = 2; i < statements.size(); i++) {
      Matcher index = INDEX.matcher(form(i));
      if (index.matches()
          && !form(i - 1).equals("drop index concurrently if exists public." + index.group(1))) {
        complaints.add(
            "an interrupted run leaves an invalid index: DROP INDEX CONCURRENTLY IF EXISTS public."
                + index.group(1)
                + "; before it");
      }
      if (index.matches() && isOfAnotherMigration(index.group(1))) {
        unlessReviewed(
            i - 1,
            "index "
                + index.group(1)
                + " is of another migration, and missed meanwhile: take a new name");
      }
      if (form(i).startsWith("drop index concurrently") && !INDEX.matcher(form(i + 1)).matches()) {
        unlessReviewed(i, "an index that is dropped is missed by running services");
      }
    }
  }

  private boolean isOfAnotherMigration(String index) {
    return TakenNames.ourIndexes().contains(index)
        && BundledMigrations.SCRIPTS.stream()
            .map(BundledMigrations::text)
            .filter(script::equals)
            .noneMatch(own -> own.contains(" " + index + " ON "));
  }

  /** What the first statement locks stays locked while the others work. */
  private void checkLocks() {
    Set<String> tables = new TreeSet<>();
    boolean changes = false;
    for (int i = 2; i < statements.size(); i++) {
      changes |= !HARMLESS_BESIDE_VALIDATE.matcher(form(i)).matches();
      Matcher altered = ALTERED.matcher(form(i));
      if (altered.matches() && !statements.get(i).isReviewed()) {
        tables.add(altered.group(1));
      }
      tables.addAll(referredTo(statements.get(i)));
    }
    if (tables.size() > 1) {
      complaints.add("locks " + tables + " at once: one table in a migration");
    }
    for (int i = 2; changes && i < statements.size(); i++) {
      if (form(i).contains("validate constraint")) {
        unlessReviewed(
            i, "VALIDATE reads the table under the lock of the others: a migration of its own");
      }
    }
  }

  /** A foreign key of a new table locks the other one against writers. */
  private static Set<String> referredTo(SqlStatement statement) {
    Matcher created = CREATED.matcher(statement.form());
    Set<String> tables = new TreeSet<>();
    if (created.matches() && !statement.isReviewed()) {
      REFERENCE
          .matcher(String.join(" ", statement.tokens()))
          .results()
          .forEach(reference -> tables.add(reference.group(1)));
      tables.remove(created.group(1));
    }
    return tables;
  }

  private void unlessReviewed(int index, String complaint) {
    if (!statements.get(index).isReviewed()) {
      complaints.add(complaint);
    }
  }
}
