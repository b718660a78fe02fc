package com.cruddur.db.migrations;

/**
 * Who made the tables of a database.
 *
 * @since 0.1.0
 */
public enum SchemaState {
  /** Nobody: schema {@code public} is empty. */
  EMPTY,
  /** A hand-run schema file: {@link Migrations#migrate()} adopts it if it knows its shape. */
  HAND_MADE,
  /** These migrations. */
  MANAGED,
  /**
   * Somebody else: there are tables, but neither users nor activities, or the history of another's
   * migrations.
   */
  FOREIGN
}
