package com.cruddur.db.cli;

import java.util.List;

/**
 * Recognises the seed file of the original project. Its rows are those that {@code setup} and
 * {@code seed} load, so after these it has nothing to add, where its INSERTs would fail.
 */
final class OriginalSeed {

  private static final List<String> STATEMENTS =
      List.of(
          "insert into public.users(display_name,handle,cognito_user_id)"
              + "values('Andrew Brown','andrewbrown','MOCK'),('Andrew Bayko','bayko','MOCK')",
          "insert into public.activities(user_uuid,message,expires_at)"
              + "values((select uuid from public.users where users.handle='andrewbrown'limit 1),"
              + "'This was imported as seed data!',current_timestamp+interval'10 day')");

  private OriginalSeed() {}

  /** Returns whether these are its statements, however they are laid out. */
  static boolean is(List<SqlScript.Part> statements) {
    return statements.stream().map(SqlScript.Part::normalized).toList().equals(STATEMENTS);
  }
}
