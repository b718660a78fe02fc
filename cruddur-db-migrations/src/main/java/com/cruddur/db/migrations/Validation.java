package com.cruddur.db.migrations;

import java.util.List;

/**
 * What {@link Migrations#validate()} found.
 *
 * @param problems what is wrong and what to do, one text each, in which the SQL of a function has
 *     several lines; empty if all is well
 * @since 0.1.0
 */
public record Validation(List<String> problems) {

  /** Copies the list, so that the validation cannot change. */
  public Validation {
    problems = List.copyOf(problems);
  }

  /**
   * Returns whether nothing is wrong.
   *
   * @return true if there are no problems
   */
  public boolean isValid() {
    return problems.isEmpty();
  }
}
