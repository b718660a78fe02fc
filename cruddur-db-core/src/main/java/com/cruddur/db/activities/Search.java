package com.cruddur.db.activities;

import com.cruddur.db.activities.SearchCursor.Band;
import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.JsonPage;
import com.cruddur.db.internal.SqlFunction;
import com.cruddur.db.internal.Timestamps;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
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

  /** How many of the activities that match are ranked together. Ranking reads each message. */
  private static final int RANKED = 1_000;

  // The words are kept apart from the plan: with a frequent word at hand it would be a scan of the
  // whole table. The expression and the condition must be those of the index.
  private static final String STATEMENT =
      """
      WITH %s,
      wanted AS MATERIALIZED (
        SELECT plainto_tsquery('simple', ?) && (lower(?)::tsquery
          || coalesce(nullif(phraseto_tsquery('simple', ?)::text, '') || ?, '')::tsquery) AS words),
      found AS (
        SELECT a.* FROM wanted, public.activities a
        WHERE to_tsvector('simple', a.message) @@ wanted.words
          AND a.reply_to_activity_uuid IS NULL
          AND %s
          AND (a.created_at, a.uuid) < (?::timestamptz, ?::uuid)
          %%1$s),
      ranked AS (
        SELECT band.*, ts_rank(to_tsvector('simple', band.message), wanted.words) AS rank
        FROM %%2$s band, wanted),
      page AS (
        SELECT * FROM (
          SELECT * FROM ranked
          WHERE %%3$s
          ORDER BY rank DESC, created_at DESC, uuid DESC
          LIMIT %d) most
        LIMIT ?)
      SELECT %s, a.rank, a.created_at, a.uuid%%4$s
      FROM page a %s%%5$s
      ORDER BY a.rank DESC, a.created_at DESC, a.uuid DESC
      """
          .formatted(
              ActivitySql.MOMENT,
              ActivitySql.ALIVE,
              SearchRequest.MAX_LIMIT + 1,
              ACTIVITY,
              ActivitySql.AUTHOR);

  private static final String NEWEST_FIRST = "ORDER BY created_at DESC, uuid DESC";

  // One more than are ranked tells whether others follow.
  private static final String NEW =
      STATEMENT.formatted(
          "ORDER BY a.created_at DESC, a.uuid DESC LIMIT " + (RANKED + 1),
          "(SELECT * FROM found %s LIMIT %d)".formatted(NEWEST_FIRST, RANKED),
          "true",
          ", last.created_at AS since, last.uuid AS since_uuid,"
              + (" (SELECT count(*) FROM found) > " + RANKED + " AS followed"),
          " LEFT JOIN (SELECT created_at, uuid FROM found %s LIMIT 1 OFFSET %d) last ON true"
              .formatted(NEWEST_FIRST, RANKED - 1));

  // The same activities as for the first page, and whatever came since, so that none is skipped.
  private static final String READ =
      STATEMENT.formatted(
          "AND (a.created_at, a.uuid) >= (?::timestamptz, ?::uuid)",
          "found",
          "(rank, created_at, uuid) < (?::real, ?::timestamptz, ?::uuid)",
          "",
          "");
  private static final String PLAIN_NEW = ActivityColumns.plain(NEW, ACTIVITY);
  private static final String PLAIN_READ = ActivityColumns.plain(READ, ACTIVITY);

  private final SearchRequest request;
  private final Band band;

  private Search(SearchRequest request) {
    this.request = request;
    this.band = request.after().map(SearchCursor::band).orElse(Band.FIRST);
  }

  static SearchPage read(Connection connection, SearchRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    Search search = new Search(request);
    return search.read(
        connection,
        search.band.isNew() ? NEW : READ,
        now,
        rows ->
            new SearchPage(
                JsonPage.read(rows, 1, request.limit(), search::cursor).or(search.following())));
  }

  static ActivityPage<SearchCursor> readPlain(
      Connection connection, SearchRequest request, @Nullable OffsetDateTime now)
      throws SQLException {
    Search search = new Search(request);
    return search.read(
        connection,
        search.band.isNew() ? PLAIN_NEW : PLAIN_READ,
        now,
        rows -> ActivityColumns.page(rows, request.limit(), search::cursor).or(search.following()));
  }

  private <T> T read(
      Connection connection,
      String sql,
      @Nullable OffsetDateTime now,
      SqlFunction<ResultSet, T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, now);
      try (ResultSet rows = statement.executeQuery()) {
        return reader.apply(rows);
      }
    }
  }

  private void bind(PreparedStatement statement, @Nullable OffsetDateTime now) throws SQLException {
    SearchTerm term = SearchTerm.of(request.term());
    int parameter = 0;
    statement.setObject(++parameter, now);
    statement.setString(++parameter, term.words());
    statement.setString(++parameter, term.whole());
    statement.setString(++parameter, term.last());
    statement.setString(++parameter, term.rest());
    parameter = bind(statement, parameter, band.until());
    if (!band.isNew()) {
      SearchCursor after = request.after().orElseThrow();
      parameter = bind(statement, parameter, band.since());
      statement.setFloat(++parameter, after.rank());
      parameter = bind(statement, parameter, after.place());
    }
    statement.setInt(++parameter, request.limit() + 1);
  }

  private static int bind(PreparedStatement statement, int parameter, FeedCursor key)
      throws SQLException {
    statement.setObject(parameter + 1, Timestamps.parameter(key.createdAt()));
    statement.setObject(parameter + 2, key.uuid());
    return parameter + 2;
  }

  private SearchCursor cursor(ResultSet row) throws SQLException {
    return SearchCursor.after(
        request.term(), read(row), row.getFloat("rank"), key(row, "created_at", "uuid"));
  }

  private Band read(ResultSet row) throws SQLException {
    if (!band.isNew()) {
      return band;
    }
    boolean isWhole = row.getObject("since_uuid") != null;
    return band.read(isWhole ? key(row, "since", "since_uuid") : null, row.getBoolean("followed"));
  }

  private static FeedCursor key(ResultSet row, String time, String uuid) throws SQLException {
    return FeedCursor.after(Timestamps.read(row, time), row.getObject(uuid, UUID.class));
  }

  /** A page that is not full is the last of those that are ranked together. */
  private @Nullable SearchCursor following() {
    return request.after().map(SearchCursor::following).orElse(null);
  }
}
