package com.cruddur.db.migrations;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the migrations make: a list that a test writes from a database that they made, and compares
 * with it on every major.
 */
final class NewestSchema {

  static final String RESOURCE = "newest-schema.txt";

  private static final Pattern LINE = Pattern.compile("V(\\d+) (primary key|\\w+) (\\S+): (.*)");

  private NewestSchema() {}

  /** An object of the newest schema, and the version that made it what it is. */
  record Line(int version, SchemaObject object) {

    static Line parse(String text) {
      Matcher line = LINE.matcher(text);
      if (!line.matches()) {
        throw new IllegalStateException(RESOURCE + " has a line of another form: " + text);
      }
      return new Line(
          Integer.parseInt(line.group(1)),
          new SchemaObject(line.group(2), line.group(3), line.group(4)));
    }

    String script() {
      return BundledMigrations.SCRIPTS.get(version - 1);
    }

    @Override
    public String toString() {
      return "V%d %s %s: %s".formatted(version, object.kind(), object.name(), object.definition());
    }
  }

  static List<Line> lines() {
    return BundledMigrations.resource("com/cruddur/db/migrations/" + RESOURCE)
        .lines()
        .map(Line::parse)
        .toList();
  }
}
