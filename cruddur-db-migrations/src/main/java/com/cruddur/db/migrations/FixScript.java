package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The statements of the fixes. Runs in a transaction of its caller. */
final class FixScript {

  /** Activities whose replies_count is not the number of their replies, and that number. */
  static final String WRONG_REPLY_COUNTS =
      """
      SELECT uuid, coalesce(replies, 0) AS replies FROM public.activities LEFT JOIN (
        SELECT reply_to_activity_uuid AS uuid, count(*)::int AS replies
        FROM public.activities WHERE reply_to_activity_uuid IS NOT NULL GROUP BY 1) AS counted USING (uuid)
      WHERE replies_count <> coalesce(replies, 0)""";

  private static final List<String> PLACEHOLDERS =
      List.of("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
  private static final String GUARD = "activities_refuse_updated_replies_count";

  private final Sql sql;
  private final List<FixReport.Change> changes;
  private final List<FixReport.MergedUser> merged;

  FixScript(Sql sql, List<FixReport.Change> changes, List<FixReport.MergedUser> merged) {
    this.sql = sql;
    this.changes = changes;
    this.merged = merged;
  }

  void run(Fix fix) throws SQLException {
    sql.execute("SET LOCAL lock_timeout = '1s'");
    // Rows that come in between would be missed; without foreign keys nothing else holds them off.
    sql.execute("LOCK TABLE public.users, public.activities IN SHARE ROW EXCLUSIVE MODE");
    switch (fix) {
      case MERGE_USERS -> mergeUsers();
      case FILL_VALUES -> fillValues();
      case RENAME_HANDLES -> renameHandles();
      case RECOUNT -> recount();
      case ADOPT_ORPHANS -> adoptOrphans();
      case CLEAR_REPLY_IDS -> clearReplyIds();
    }
  }

  private void mergeUsers() throws SQLException {
    merged.addAll(
        sql.list(
            Obstacles.MERGED_USERS + " ORDER BY uuid",
            row ->
                new FixReport.MergedUser(
                    row.getObject(1, UUID.class), row.getObject(2, UUID.class))));
    if (!merged.isEmpty()) {
      refuseReferencesToUsers();
    }
    change(
        "activities moved to the oldest user of the Cognito id",
        ChangeQuery.update("activities", "user_uuid"),
        "UPDATE public.activities SET user_uuid = kept FROM ("
            + Obstacles.MERGED_USERS
            + ") AS merged WHERE activities.user_uuid = merged.uuid");
    for (String column : List.of("handle", "display_name", "email", "bio")) {
      if (hasColumn("users", column)) {
        change(
            "missing values of " + column + " taken from a merged user",
            ChangeQuery.update("users", column),
            takeOver(column));
      }
    }
    change(
        "users merged into the oldest of their Cognito id",
        ChangeQuery.delete("users"),
        "DELETE FROM public.users USING ("
            + Obstacles.MERGED_USERS
            + ") AS merged WHERE users.uuid = merged.uuid");
  }

  /** A deletion would cascade into a table that is not ours, clear its columns, or fail. */
  private void refuseReferencesToUsers() throws SQLException {
    List<String> references =
        sql.texts(
            """
            SELECT pg_catalog.format('%s refers to users by %I',
              pg_catalog.regexp_replace(conrelid::regclass::text, '^public\\.', ''), conname)
            FROM pg_catalog.pg_constraint
            WHERE contype = 'f' AND confrelid = 'public.users'::regclass AND conrelid <> 'public.activities'::regclass
              AND conparentid = 0
            ORDER BY 1""");
    if (!references.isEmpty()) {
      throw new MigrationException(
          Fix.MERGE_USERS
              + " changed nothing, because deleting users would reach into other tables: "
              + String.join("; ", references)
              + ". Point its rows at the users that stay, drop the constraint, make this call again,"
              + " and then add the constraint again.");
    }
  }

  private static String takeOver(String column) {
    return """
    UPDATE public.users SET %1$s = others.value FROM (
      SELECT DISTINCT ON (merged.kept) merged.kept, u.%1$s AS value
      FROM (%2$s) AS merged JOIN public.users AS u ON u.uuid = merged.uuid
      WHERE u.%1$s IS NOT NULL ORDER BY merged.kept, u.created_at, u.uuid) AS others
    WHERE users.uuid = others.kept AND users.%1$s IS NULL"""
        .formatted(column, Obstacles.MERGED_USERS);
  }

  private void fillValues() throws SQLException {
    change(
        "missing handles filled",
        ChangeQuery.update("users", "handle"),
        rename("SELECT uuid, 'user' AS handle FROM public.users WHERE handle IS NULL"));
    change(
        "missing display names filled with the handle",
        ChangeQuery.update("users", "display_name"),
        "UPDATE public.users SET display_name = handle WHERE display_name IS NULL");
    change(
        "missing Cognito ids filled with MOCK",
        ChangeQuery.update("users", "cognito_user_id"),
        """
        UPDATE public.users SET cognito_user_id = 'MOCK'
        WHERE cognito_user_id IS NULL OR btrim(cognito_user_id) = ''""");
  }

  private void renameHandles() throws SQLException {
    change(
        "handles renamed",
        ChangeQuery.update("users", "handle"),
        rename(Obstacles.REPEATED_HANDLES));
  }

  /** The short form of the new handle, unless somebody has it or gets it: then the long one. */
  private static String rename(String users) {
    return """
    UPDATE public.users SET handle = chosen.handle FROM (
      SELECT uuid, CASE
        WHEN count(*) OVER (PARTITION BY lower(short)) > 1
          OR EXISTS (SELECT FROM public.users AS u WHERE lower(u.handle) = lower(short)) THEN long
        ELSE short END AS handle
      FROM (
        SELECT uuid, handle || '-' || left(uuid::text, 8) AS short, handle || '-' || uuid AS long
        FROM (%s) AS renamed) AS wanted) AS chosen
    WHERE users.uuid = chosen.uuid"""
        .formatted(users);
  }

  private void recount() throws SQLException {
    boolean guarded =
        sql.holds(
            """
            EXISTS (SELECT FROM pg_catalog.pg_trigger
              WHERE tgrelid = 'public.activities'::regclass AND tgname = ?)""",
            GUARD);
    if (guarded) {
      sql.execute("ALTER TABLE public.activities DISABLE TRIGGER " + GUARD);
    }
    change(
        "activities with a missing or negative counter set to 0",
        ChangeQuery.update("activities", "replies_count", "reposts_count", "likes_count"),
        """
        UPDATE public.activities SET replies_count = greatest(replies_count, 0),
          reposts_count = greatest(reposts_count, 0), likes_count = greatest(likes_count, 0)
        WHERE uuid IN (%s)"""
            .formatted(Obstacles.WRONG_COUNTERS));
    if (new Shape(sql).repliesAreUuids()) {
      change(
          "activities with a replies_count put right",
          ChangeQuery.update("activities", "replies_count"),
          countReplies());
    }
    if (guarded) {
      sql.execute("ALTER TABLE public.activities ENABLE TRIGGER " + GUARD);
    }
  }

  private static String countReplies() {
    return "UPDATE public.activities SET replies_count = wrong.replies FROM ("
        + WRONG_REPLY_COUNTS
        + ") AS wrong WHERE activities.uuid = wrong.uuid";
  }

  private void adoptOrphans() throws SQLException {
    if (!sql.holds("EXISTS (" + Obstacles.ORPHANS + ")")) {
      return;
    }
    boolean email = demandsEmail();
    String placeholder = "'" + placeholder() + "'::uuid";
    change(
        "placeholder user made",
        ChangeQuery.insert("users"),
        """
        INSERT INTO public.users (uuid, handle, display_name, cognito_user_id%1$s)
        SELECT %2$s, (
          SELECT name FROM (VALUES (1, 'deleted-user'), (2, 'deleted-user-' || left(%2$s::text, 8)),
            (3, 'deleted-user-' || %2$s)) AS names (rank, name)
          WHERE NOT EXISTS (SELECT FROM public.users WHERE lower(handle) = name) ORDER BY rank LIMIT 1),
          'Deleted user', 'MOCK'%3$s
        ON CONFLICT (uuid) DO NOTHING"""
            .formatted(email ? ", email" : "", placeholder, email ? ", ''" : ""));
    change(
        "activities given to the placeholder user",
        ChangeQuery.update("activities", "user_uuid"),
        "UPDATE public.activities SET user_uuid = "
            + placeholder
            + " WHERE uuid IN ("
            + Obstacles.ORPHANS
            + ")");
  }

  /** Somebody real may have a uuid of zeros: nobody else's activities become theirs. */
  private String placeholder() throws SQLException {
    for (String uuid : PLACEHOLDERS) {
      if (!sql.holds(
          """
          EXISTS (SELECT FROM public.users WHERE uuid = ?::uuid AND NOT (
            coalesce(handle, '') LIKE 'deleted-user%' AND coalesce(display_name, '') = 'Deleted user'
            AND coalesce(cognito_user_id, '') = 'MOCK'))""",
          uuid)) {
        return uuid;
      }
    }
    throw new MigrationException(
        Fix.ADOPT_ORPHANS
            + " changed nothing, because real users have the uuids of the placeholder: "
            + String.join(", ", PLACEHOLDERS)
            + ". Give one of them another uuid, and make this call again.");
  }

  private void clearReplyIds() throws SQLException {
    change(
        "reply ids cleared",
        ChangeQuery.update("activities", "reply_to_activity_uuid"),
        "UPDATE public.activities SET reply_to_activity_uuid = NULL WHERE uuid IN ("
            + (new Shape(sql).repliesAreUuids()
                ? Obstacles.DANGLING_REPLY_IDS + " UNION ALL " + circles()
                : Obstacles.INTEGER_REPLY_IDS)
            + ")");
  }

  private String circles() throws SQLException {
    return Circles.oldest(sql).stream()
        .map(UUID::toString)
        .collect(Collectors.joining(",", "SELECT pg_catalog.unnest('{", "}'::uuid[])"));
  }

  private void change(String description, ChangeQuery query, String statement) throws SQLException {
    List<FixReport.ChangedRow> rows = query.run(sql, statement);
    if (!rows.isEmpty()) {
      changes.add(new FixReport.Change(description, query.table(), rows));
    }
  }

  private boolean demandsEmail() throws SQLException {
    return sql.holds(
        """
        EXISTS (SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = 'public.users'::regclass AND attname = 'email' AND attnotnull)""");
  }

  private boolean hasColumn(String table, String column) throws SQLException {
    return sql.holds(
        """
        EXISTS (SELECT FROM pg_catalog.pg_attribute
          WHERE attrelid = ?::regclass AND attname = ? AND NOT attisdropped)""",
        "public." + table,
        column);
  }
}
