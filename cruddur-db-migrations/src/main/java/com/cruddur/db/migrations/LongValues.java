package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Values that are too long for the indexes of the newest schema. */
final class LongValues {

  /** A B-tree entry holds 2704 bytes with its header. */
  private static final int INDEX_BYTES = 2600;

  /** A tsvector holds 1 MB, and is less than three times as long as its text. */
  private static final int SUSPECT_BYTES = 300_000;

  private static final String PROGRAM_LIMIT_EXCEEDED = "54000";

  private LongValues() {}

  /** Says which rows hold values that the indexes of the pending scripts would refuse. */
  static List<String> in(Sql sql, List<PendingMigration> pending) throws SQLException {
    List<String> found = new ArrayList<>();
    for (PendingMigration migration : pending) {
      switch (migration.name().replaceFirst(".* ", "")) {
        case "original_schema" -> {
          return List.of();
        }
        case "cognito_user_ids_unique" ->
            found.addAll(users(sql, "cognito_user_id", "cognito_user_id"));
        case "handles_unique" -> found.addAll(users(sql, "handle", "lower(handle)"));
        case "search_index" -> found.addAll(messages(sql));
        default -> {}
      }
    }
    return found;
  }

  private static List<String> users(Sql sql, String column, String indexed) throws SQLException {
    return described(
        "users have a " + column + " of over " + INDEX_BYTES + " bytes",
        sql.texts(
            "SELECT uuid::text FROM public.users WHERE octet_length("
                + indexed
                + ") > ? ORDER BY uuid",
            INDEX_BYTES));
  }

  private static List<String> messages(Sql sql) throws SQLException {
    List<String> refused = new ArrayList<>();
    for (String uuid :
        sql.texts(
            "SELECT uuid::text FROM public.activities WHERE octet_length(message) > ? ORDER BY uuid",
            SUSPECT_BYTES)) {
      try {
        sql.holds(
            "(SELECT length(to_tsvector('simple', message)) > 0 FROM public.activities WHERE uuid::text = ?)",
            uuid);
      } catch (SQLException failure) {
        if (!PROGRAM_LIMIT_EXCEEDED.equals(failure.getSQLState())) {
          throw failure;
        }
        refused.add(uuid);
      }
    }
    return described("activities have a message that is too long for the search", refused);
  }

  private static List<String> described(String description, List<String> uuids) {
    return uuids.isEmpty()
        ? List.of()
        : List.of(
            uuids.size()
                + " "
                + description
                + " (such as "
                + uuids.stream().limit(3).collect(Collectors.joining(", "))
                + "): shorten them");
  }
}
