package com.cruddur.db.migrations;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who may be in the way of a lock, as far as this user can see it, without anybody's SQL.
 *
 * <p>Everybody may read which process or prepared transaction holds a lock, so that nobody in the
 * way is overlooked; since when, and what it does, only members of {@code pg_read_all_stats} see of
 * others. By the time of the question nobody waits any more: {@code pg_blocking_pids} would say
 * nothing.
 */
final class Blockers {

  private static final int NAMED = 3;

  private static final String TRANSACTIONS =
      """
      WITH holders AS (
        SELECT pid, virtualtransaction, pg_catalog.string_agg(DISTINCT relname::text, ' and ') AS tables
        FROM pg_catalog.pg_locks LEFT JOIN pg_catalog.pg_class ON pg_class.oid = relation
          AND relnamespace = 'public'::regnamespace
          AND relname IN ('users', 'activities', 'environment', 'flyway_schema_history')
          AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
        WHERE granted AND locktype IN ('relation', 'virtualxid', 'transactionid')
          AND pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
        GROUP BY pid, virtualtransaction
      ), transactions AS (
        SELECT tables, pg_catalog.format('process %s', pid) AS name, coalesce(state, backend_type, '') AS state, xact_start AS began
        FROM holders JOIN pg_catalog.pg_stat_activity USING (pid)
        WHERE datname = pg_catalog.current_database()
        UNION ALL
        SELECT tables, pg_catalog.format('prepared transaction %L', gid), 'to be ended by COMMIT PREPARED or ROLLBACK PREPARED', prepared
        FROM pg_catalog.pg_prepared_xacts JOIN pg_catalog.pg_locks AS own
          ON own.locktype = 'transactionid' AND own.transactionid = transaction AND own.pid IS NULL
        LEFT JOIN holders ON holders.pid IS NULL AND holders.virtualtransaction = own.virtualtransaction
        WHERE pg_prepared_xacts.database = pg_catalog.current_database()
      )
      SELECT tables, name || CASE
          WHEN began IS NULL THEN ' (what it does and since when, only pg_read_all_stats may see)'
          ELSE pg_catalog.format(' (%s, %s s old)', state, (extract(epoch FROM pg_catalog.now() - began))::int) END
      FROM transactions ORDER BY began NULLS LAST, name""";

  private record Transaction(String tables, String name) {
    boolean holdsTables() {
      return !tables.isEmpty();
    }

    String held() {
      return tables + " held by " + name;
    }
  }

  private Blockers() {}

  /** Returns a clause that goes on a sentence. */
  static String in(Sql sql) throws SQLException {
    List<Transaction> open =
        sql.list(
            "SELECT coalesce(tables, ''), name FROM (" + TRANSACTIONS + ") AS found (tables, name)",
            row -> new Transaction(row.getString(1), row.getString(2)));
    List<String> holders =
        open.stream().filter(Transaction::holdsTables).map(Transaction::held).toList();
    if (!holders.isEmpty()) {
      return "at this moment " + first(holders);
    }
    // An index is not finished before every older transaction has ended, whatever it holds.
    return open.isEmpty()
        ? "at this moment nobody holds the tables, and no other transaction is open in this database"
        : "at this moment nobody holds the tables; open in this database: "
            + first(open.stream().map(Transaction::name).toList());
  }

  private static String first(List<String> names) {
    return names.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }
}
