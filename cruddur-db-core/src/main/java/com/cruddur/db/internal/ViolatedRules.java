package com.cruddur.db.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the constraints of the schema mean, in the words of the domain. */
final class ViolatedRules {

  private static final Map<String, String> RULES =
      Map.of(
          "users_handle_key",
          "The handle is taken by another user.",
          "users_cognito_user_id_key",
          "Another user has this Cognito user id.",
          "activities_user_uuid_fkey",
          "The user of an activity does not exist, or a user still has activities.",
          "activities_reply_to_activity_uuid_fkey",
          "The activity that a reply answers does not exist, or an activity still has replies.",
          "activities_counters_not_negative",
          "A counter of an activity cannot be negative.",
          "activities_reply_not_to_itself",
          "An activity cannot be a reply to itself.");

  private static final Map<String, String> OWNERS =
      Map.of("users", "a user", "activities", "an activity");

  private ViolatedRules() {}

  /** Returns what is violated and a blank, or nothing for a constraint that is not ours. */
  static String words(@Nullable String constraint) {
    String rule = constraint == null ? null : RULES.get(constraint);
    return rule == null ? "" : rule + " ";
  }

  /** Returns what is missing and a blank, or nothing for a table that is not ours. */
  static String missing(@Nullable String table, @Nullable String column) {
    String owner = table == null ? null : OWNERS.get(table);
    return owner == null || column == null
        ? ""
        : "The " + column.replace('_', ' ') + " of " + owner + " is missing. ";
  }
}
