package com.cruddur.db.json;

import com.cruddur.db.internal.Texts;

/** The wording of what is wrong with a text. */
final class SqlProblems {

  static final String PSQL_VARIABLE =
      "psql's :'name' and :\"name\" are not supported; a parameter is written :name, and a : that"
          + " begins none is followed by a blank";

  static final String NUMBERED_PARAMETER =
      "a parameter has a name, as in :name; numbered ones are not supported";

  static final String EMPTY = "there is no statement in it";

  static final String SECOND_STATEMENT =
      "a second statement begins here; a template holds exactly one";

  private SqlProblems() {}

  static String unexpected(char character) {
    return switch (character) {
      case '{', '}' ->
          character
              + " stands outside of quotes; JDBC escapes and psql's :{?name} are not supported";
      case '\\' -> "\\ stands outside of quotes; commands of psql are not supported";
      default -> Texts.describe(character) + " is no part of SQL";
    };
  }

  static String loneDollar(char next) {
    return SqlCharacters.isDigit(next) ? NUMBERED_PARAMETER : "this $ begins no dollar quote";
  }

  static String parameterName(String word) {
    return ":" + word + " is no parameter; its name may have letters, digits and _";
  }

  static String unopened(String bracket) {
    return bracket + " closes nothing that is open here";
  }

  static String unclosed(String bracket) {
    return "this " + bracket + " is not closed";
  }
}
