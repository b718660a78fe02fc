package com.cruddur.db.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sentence about an object that is not as its migration made it, with the SQL that helps. */
final class Remedy {

  private static final String DISABLED = ", disabled";
  private static final String NOT_VALID = " NOT VALID";

  /** The parts of a column that can be changed one by one. */
  private record Column(String type, @Nullable String fallback, boolean notNull) {

    private static final Pattern FORM =
        Pattern.compile("(.*?)(?: DEFAULT (.*?))?( NOT NULL)?(?: NOT VALID .*)?");

    static Column parse(String definition) {
      Matcher parts = FORM.matcher(definition);
      if (!parts.matches()) {
        throw new IllegalStateException(definition);
      }
      return new Column(parts.group(1), parts.group(2), parts.group(3) != null);
    }
  }

  private Remedy() {}

  /** The renamed object has another name and the same shape. */
  static String ofMissing(NewestSchema.Line line, Optional<SchemaObject> renamed) {
    SchemaObject object = line.object();
    if (renamed.isPresent() && !mayBeAnother(object)) {
      return "%s, which %s made, was renamed to %s: %s."
          .formatted(
              named(object),
              migration(line),
              renamed.get().name(),
              renaming(renamed.get(), object));
    }
    String creation =
        switch (object.kind()) {
          case SchemaObject.TABLE -> "restore it from a backup";
          case SchemaObject.COLUMN -> columnCreation(object);
          default -> creation(line);
        };
    return "%s, which %s made, is missing: %s%s."
        .formatted(
            named(object),
            migration(line),
            renamed
                .map(
                    found ->
                        "if %s is what it was, %s; if not, "
                            .formatted(found.name(), renaming(found, object)))
                .orElse(""),
            creation);
  }

  /** Two columns of one type, or tables of the same columns, may hold different things. */
  private static boolean mayBeAnother(SchemaObject object) {
    return object.kind().equals(SchemaObject.TABLE) || object.kind().equals(SchemaObject.COLUMN);
  }

  private static String renaming(SchemaObject found, SchemaObject object) {
    String old = SchemaObject.quoted(found.ownName().replaceFirst("\\(.*", ""));
    String name = object.ownName().replaceFirst("\\(.*", "");
    return switch (object.kind()) {
      case SchemaObject.COLUMN -> alter(found, "RENAME COLUMN " + old + " TO " + name);
      case SchemaObject.CONSTRAINT -> alter(found, "RENAME CONSTRAINT " + old + " TO " + name);
      case SchemaObject.INDEX -> "ALTER INDEX public." + old + " RENAME TO " + name;
      case SchemaObject.TRIGGER ->
          "ALTER TRIGGER " + old + " ON public." + found.table() + " RENAME TO " + name;
      case SchemaObject.FUNCTION ->
          "ALTER FUNCTION public."
              + old
              + found.name().substring(found.name().indexOf('('))
              + " RENAME TO "
              + name;
      default -> alter(found, "RENAME TO " + name);
    };
  }

  /** Rows that are there refuse a new column without a value. */
  private static String columnCreation(SchemaObject object) {
    Column column = Column.parse(object.definition());
    String add = alter(object, "ADD COLUMN " + object.ownName() + " ");
    return column.notNull() && column.fallback() == null
        ? add
            + column.type()
            + "; then fill it from a backup, and "
            + alter(object, "ALTER COLUMN " + object.ownName() + " SET NOT NULL")
        : add + object.definition() + "; then fill it from a backup";
  }

  static String ofChanged(NewestSchema.Line line, SchemaObject found) {
    return "%s is not as %s made it, but %s: %s."
        .formatted(named(line.object()), migration(line), found.definition(), change(line, found));
  }

  private static String change(NewestSchema.Line line, SchemaObject found) {
    SchemaObject object = line.object();
    return switch (object.kind()) {
      case SchemaObject.TABLE ->
          alter(
              object,
              found.definition().contains("row security")
                  ? "DISABLE ROW LEVEL SECURITY"
                  : "SET LOGGED");
      case SchemaObject.COLUMN -> columnChange(object, found);
      case SchemaObject.PRIMARY_KEY ->
          "drop it, and " + alter(object, "ADD " + object.definition());
      case SchemaObject.CONSTRAINT ->
          found.definition().equals(object.definition() + NOT_VALID)
              ? alter(object, "VALIDATE CONSTRAINT " + object.ownName())
              : alter(object, "DROP CONSTRAINT " + object.ownName()) + "; " + creation(line);
      case SchemaObject.INDEX ->
          "DROP INDEX CONCURRENTLY public." + object.name() + "; " + creation(line);
      case SchemaObject.TRIGGER ->
          found.definition().equals(object.definition() + DISABLED)
              ? alter(object, "ENABLE TRIGGER " + object.ownName())
              : "DROP TRIGGER "
                  + object.ownName()
                  + " ON public."
                  + object.table()
                  + "; "
                  + creation(line);
      default -> creation(line);
    };
  }

  private static String columnChange(SchemaObject object, SchemaObject found) {
    if (found.definition().startsWith(object.definition() + NOT_VALID + " ")) {
      return alter(
          object,
          "VALIDATE CONSTRAINT "
              + found.definition().substring((object.definition() + NOT_VALID + " ").length()));
    }
    Column expected = Column.parse(object.definition());
    Column actual = Column.parse(found.definition());
    if (!expected.type().equals(actual.type())) {
      return "give it the type " + expected.type() + " again, by a migration of your own";
    }
    List<String> changes = new ArrayList<>();
    if (!Objects.equals(expected.fallback(), actual.fallback())) {
      changes.add(
          expected.fallback() == null ? "DROP DEFAULT" : "SET DEFAULT " + expected.fallback());
    }
    if (expected.notNull() != actual.notNull()) {
      changes.add(expected.notNull() ? "SET NOT NULL" : "DROP NOT NULL");
    }
    return alter(
        object,
        String.join(
            ", ",
            changes.stream()
                .map(part -> "ALTER COLUMN " + object.ownName() + " " + part)
                .toList()));
  }

  private static String creation(NewestSchema.Line line) {
    SchemaObject object = line.object();
    return switch (object.kind()) {
      case SchemaObject.PRIMARY_KEY -> alter(object, "ADD " + object.definition());
      case SchemaObject.CONSTRAINT ->
          alter(
                  object,
                  "ADD CONSTRAINT " + object.ownName() + " " + object.definition() + NOT_VALID)
              + "; "
              + alter(object, "VALIDATE CONSTRAINT " + object.ownName());
      case SchemaObject.INDEX ->
          object.definition().replaceFirst(" INDEX ", " INDEX CONCURRENTLY ");
      case SchemaObject.TRIGGER -> object.definition();
      default -> functionCreation(line);
    };
  }

  /** With its line breaks, which belong to the text that is compared. */
  private static String functionCreation(NewestSchema.Line line) {
    String text = BundledMigrations.text(line.script()).replace("\r", "");
    String function = "FUNCTION public." + line.object().name();
    int start = text.indexOf("CREATE " + function) + "CREATE ".length();
    return "CREATE OR REPLACE "
        + text.substring(start, text.indexOf("END $$;", start) + "END $$; ".length()).strip()
        + " REVOKE EXECUTE ON "
        + function
        + " FROM PUBLIC";
  }

  private static String alter(SchemaObject object, String what) {
    return "ALTER TABLE public." + SchemaObject.quoted(object.table()) + " " + what;
  }

  private static String named(SchemaObject object) {
    String kind = object.kind();
    return Character.toUpperCase(kind.charAt(0))
        + kind.substring(1)
        + (kind.equals(SchemaObject.PRIMARY_KEY) ? " of " : " ")
        + object.name();
  }

  private static String migration(NewestSchema.Line line) {
    return line.script().replace(".sql", "").replaceFirst("__", " ");
  }
}
