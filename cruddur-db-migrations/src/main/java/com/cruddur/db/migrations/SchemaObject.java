package com.cruddur.db.migrations;

/**
 * One object of a schema, as PostgreSQL describes it.
 *
 * @param kind table, column, primary key, constraint, index, trigger or function
 * @param name such as {@code users}, {@code users.handle} (columns, constraints and triggers have
 *     the name of their table before them) or {@code activities_count_added_reply()}
 * @param definition what it is, without what an administrator may choose freely
 */
record SchemaObject(String kind, String name, String definition) {

  static final String TABLE = "table";
  static final String COLUMN = "column";
  static final String PRIMARY_KEY = "primary key";
  static final String CONSTRAINT = "constraint";
  static final String INDEX = "index";
  static final String TRIGGER = "trigger";
  static final String FUNCTION = "function";

  private static final String NAME = "(?:\"(?:[^\"]|\"\")*\"|\\S+)";

  boolean isSameAs(SchemaObject other) {
    return kind.equals(other.kind) && name.equals(other.name);
  }

  /** Returns the table that it belongs to, for what has one in its name. */
  String table() {
    return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
  }

  /** Returns the name without that of its table. */
  String ownName() {
    return name.substring(name.indexOf('.') + 1);
  }

  /** Returns whether the other is the same but for its name. */
  boolean isRenamed(SchemaObject other) {
    return kind.equals(other.kind)
        && !name.equals(other.name)
        && (kind.equals(INDEX) || kind.equals(FUNCTION) || table().equals(other.table()))
        && withoutName().equals(other.withoutName());
  }

  private String withoutName() {
    return switch (kind) {
      case INDEX -> definition.replaceFirst(" INDEX " + NAME + " ON ", " INDEX ON ");
      case TRIGGER -> definition.replaceFirst("TRIGGER " + NAME + " ", "TRIGGER ");
      case FUNCTION -> name.substring(name.indexOf('(')) + definition;
      default -> definition;
    };
  }

  /** Returns a name as SQL has it. */
  static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
