package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.JsonPage;
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

  // The words are kept apart from the plan: with a frequent word at hand it would be a scan of the
  // whole table. The expression and the condition must be those of the index.
  private static final String STATEMENT =
      """
      WITH %s,
      wanted AS MATERIALIZED (
        SELECT plainto_tsquery('simple', ?) && to_tsquery('simple', ?) AS words),
      found AS (
        SELECT a.*, ts_rank(to_tsvector('simple', a.message), wanted.words) AS rank
        FROM wanted, public.activities a
        WHERE to_tsvector('simple', a.message) @@ wanted.words
          AND a.reply_to_activity_uuid IS NULL
          AND %s),
      page AS (
        SELECT * FROM (
          SELECT * FROM found
          WHERE %%s
          ORDER BY rank DESC, created_at DESC, uuid DESC
          LIMIT %d) most
        LIMIT ?)
      SELECT %s, a.rank, a.created_at, a.uuid
      FROM page a %s
      ORDER BY a.rank DESC, a.created_at DESC, a.uuid DESC
      """
          .formatted(
              ActivitySql.MOMENT,
              ActivitySql.ALIVE,
              SearchRequest.MAX_LIMIT + 1,
              ACTIVITY,
              ActivitySql.AUTHOR);

  private static final String FIRST = STATEMENT.formatted("true");
  private static final String AFTER =
      STATEMENT.formatted("(rank, created_at, uuid) < (?::real, ?::timestamptz, ?::uuid)");

  private Search() {}

  static SearchPage read(Connection connection, SearchRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    String sql = request.after().isPresent() ? AFTER : FIRST;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, request, now);
      try (ResultSet rows = statement.executeQuery()) {
        JsonPage<SearchCursor> page =
            JsonPage.read(rows, 1, request.limit(), row -> cursor(row, request.term()));
        return new SearchPage(page.json(), page.rows(), page.next());
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
    Instant createdAt = row.getObject(3, OffsetDateTime.class).toInstant();
    FeedCursor place = FeedCursor.after(createdAt, row.getObject(4, UUID.class));
    return SearchCursor.after(term, row.getFloat(2), place);
  }
}
