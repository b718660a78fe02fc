package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.JsonPage;
import com.cruddur.db.internal.SqlFunction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement of the full-text search, and how its rows become a page. */
final class Search {

  private static final JsonObjectSql ACTIVITY =
      new JsonObjectSql()
          .uuid("uuid", "a.uuid")
          .text("handle", "u.handle")
          .text("message", "a.message")
          .timestamp("created_at", "a.created_at");

  /** How many of the activities that match are ranked: the newest. Ranking reads each message. */
  private static final int RANKED = 1_000;

  // The words are kept apart from the plan: with a frequent word at hand it would be a scan of the
  // whole table. The expression and the condition must be those of the index.
  private static final String STATEMENT =
      """
      WITH %s,
      wanted AS MATERIALIZED (
        SELECT plainto_tsquery('simple', ?) && to_tsquery('simple', ?) AS words),
      found AS (
        SELECT a.* FROM wanted, public.activities a
        WHERE to_tsvector('simple', a.message) @@ wanted.words
          AND a.reply_to_activity_uuid IS NULL
          AND %s
          %%s),
      ranked AS (
        SELECT found.*, ts_rank(to_tsvector('simple', found.message), wanted.words) AS rank
        FROM found, wanted),
      page AS (
        SELECT * FROM (
          SELECT * FROM ranked
          WHERE %%s
          ORDER BY rank DESC, created_at DESC, uuid DESC
          LIMIT %d) most
        LIMIT ?)
      SELECT %s, a.rank, a.created_at, a.uuid, (SELECT min(created_at) FROM found) AS since
      FROM page a %s
      ORDER BY a.rank DESC, a.created_at DESC, a.uuid DESC
      """
          .formatted(
              ActivitySql.MOMENT,
              ActivitySql.ALIVE,
              SearchRequest.MAX_LIMIT + 1,
              ACTIVITY,
              ActivitySql.AUTHOR);

  private static final String FIRST =
      STATEMENT.formatted("ORDER BY a.created_at DESC, a.uuid DESC LIMIT " + RANKED, "true");

  // The same activities as for the first page, and whatever came since, so that none is skipped.
  private static final String AFTER =
      STATEMENT.formatted(
          "AND a.created_at >= ?::timestamptz",
          "(rank, created_at, uuid) < (?::real, ?::timestamptz, ?::uuid)");
  private static final String PLAIN_FIRST = ActivityColumns.plain(FIRST, ACTIVITY);
  private static final String PLAIN_AFTER = ActivityColumns.plain(AFTER, ACTIVITY);

  private Search() {}

  static SearchPage read(Connection connection, SearchRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    return read(
        connection,
        request.after().isPresent() ? AFTER : FIRST,
        request,
        now,
        rows ->
            new SearchPage(
                JsonPage.read(rows, 1, request.limit(), row -> cursor(row, request.term()))));
  }

  static ActivityPage<SearchCursor> readPlain(
      Connection connection, SearchRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    return read(
        connection,
        request.after().isPresent() ? PLAIN_AFTER : PLAIN_FIRST,
        request,
        now,
        rows -> ActivityColumns.page(rows, request.limit(), row -> cursor(row, request.term())));
  }

  private static <T> T read(
      Connection connection,
      String sql,
      SearchRequest request,
      @Nullable OffsetDateTime now,
      SqlFunction<ResultSet, T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, request, now);
      try (ResultSet rows = statement.executeQuery()) {
        return reader.apply(rows);
      }
    }
  }

  private static void bind(
      PreparedStatement statement, SearchRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    int lastWord = lastWord(request.term());
    int parameter = 0;
    statement.setObject(++parameter, now);
    statement.setString(++parameter, request.term().substring(0, lastWord));
    statement.setString(++parameter, prefix(request.term().substring(lastWord)));
    if (request.after().isPresent()) {
      SearchCursor after = request.after().get();
      statement.setObject(++parameter, after.since().atOffset(ZoneOffset.UTC));
      statement.setFloat(++parameter, after.rank());
      statement.setObject(++parameter, after.place().createdAt().atOffset(ZoneOffset.UTC));
      statement.setObject(++parameter, after.place().uuid());
    }
    statement.setInt(++parameter, request.limit() + 1);
  }

  /** Returns where the last word begins. */
  private static int lastWord(String term) {
    int start = term.length();
    while (start > 0 && !Character.isWhitespace(term.codePointBefore(start))) {
      start -= Character.charCount(term.codePointBefore(start));
    }
    return start;
  }

  /** Quotes a word in the language of to_tsquery: what it consists of is searched as prefixes. */
  private static String prefix(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*";
  }

  private static SearchCursor cursor(ResultSet row, String term) throws SQLException {
    FeedCursor place = FeedCursor.after(time(row, "created_at"), row.getObject("uuid", UUID.class));
    return SearchCursor.after(term, time(row, "since"), row.getFloat("rank"), place);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
