package com.cruddur.db.internal;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.QueryTracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches queries: spans for whoever wants them, slow ones at INFO, all of them at DEBUG with their
 * text. Never a value. Costs two looks at the clock where nothing is wanted.
 *
 * @param tracing makes spans, or null
 * @param slow from when on a query is slow
 */
public record Telemetry(@Nullable QueryTracing tracing, Duration slow) {

  /** What is done unless somebody wants something else. */
  public static final Telemetry DEFAULT = new Telemetry(null, Duration.ofSeconds(1));

  private static final Logger LOG = LoggerFactory.getLogger("com.cruddur.db.statements");

  private static final double NANOS_PER_MILLI = 1e6;

  /** A data source whose queries are watched in a way of its own. */
  public interface Watched extends DataSource {

    /** Returns how. */
    Telemetry telemetry();
  }

  static Telemetry of(DataSource dataSource) {
    return dataSource instanceof Watched watched ? watched.telemetry() : DEFAULT;
  }

  /** Begins to watch a query. */
  Watch begin(String query, String operation) {
    return new Watch(
        this,
        query,
        tracing == null ? null : tracing.begin(query, operation),
        LOG.isDebugEnabled() ? new StatementTexts() : null,
        System.nanoTime());
  }

  /** One query that is watched. */
  record Watch(
      Telemetry telemetry,
      String query,
      QueryTracing.@Nullable Span span,
      @Nullable StatementTexts texts,
      long start) {

    /** Returns the connection, through which its statements are seen if somebody looks. */
    Connection connected(Connection connection) {
      if (span != null) {
        tell(span, connection);
      }
      return texts == null ? connection : texts.through(connection);
    }

    private static void tell(QueryTracing.Span span, Connection connection) {
      try {
        QueryExecutor server = connection.unwrap(BaseConnection.class).getQueryExecutor();
        span.connected(
            server.getDatabase(), server.getHostSpec().getHost(), server.getHostSpec().getPort());
      } catch (SQLException notTheDriversOwn) {
        LOG.trace("The connection does not tell its server", notTheDriversOwn);
      }
    }

    void end(long length, @Nullable Throwable failure) {
      if (span != null) {
        span.end(length, failure);
      }
      long nanos = System.nanoTime() - start;
      if (nanos >= telemetry.slow.toNanos()) {
        LOG.info("Slow: {}", describe(nanos, length, failure));
      } else if (texts != null) {
        LOG.debug("{}", describe(nanos, length, failure));
      }
    }

    private String describe(long nanos, long length, @Nullable Throwable failure) {
      String outcome = failure == null ? "result length " + length : "failed " + reason(failure);
      String text = texts == null || texts.isEmpty() ? "" : ": " + texts;
      String line = "%s took %.1f ms, %s%s";
      return String.format(Locale.ROOT, line, query, nanos / NANOS_PER_MILLI, outcome, text);
    }

    private static String reason(Throwable failure) {
      return failure instanceof CruddurDbException known && known.sqlState().isPresent()
          ? "with SQLSTATE " + known.sqlState().get()
          : "with " + failure.getClass().getSimpleName();
    }
  }
}
