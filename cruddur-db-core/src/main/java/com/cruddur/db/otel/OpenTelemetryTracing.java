package com.cruddur.db.otel;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.QueryTracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each query, by the stable semantic conventions for databases (OpenTelemetry,
 * "Semantic conventions for database client calls", 1.33 and later): a client span that is named
 * after the query, with {@code db.system.name}, {@code db.namespace} (the database), {@code
 * db.operation.name}, {@code db.query.summary}, {@code server.address} and {@code server.port}. A
 * failure adds {@code error.type} and, if the server gave one, {@code db.response.status_code}: the
 * SQLSTATE. {@code app.result_length} is the number of rows or elements. No text and no value of a
 * statement is ever told.
 *
 * <p>Given to {@link com.cruddur.db.CruddurDb.Builder#tracing}. The parent is the current span.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryTracing implements QueryTracing {

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
  private static final AttributeKey<String> STATUS =
      AttributeKey.stringKey("db.response.status_code");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> LENGTH = AttributeKey.longKey("app.result_length");

  private final Tracer tracer;

  private OpenTelemetryTracing(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Returns what makes spans of queries.
   *
   * @param openTelemetry the program's, or {@code GlobalOpenTelemetry.get()}
   * @return a new object; the caller closes OpenTelemetry
   */
  @SuppressWarnings("exports") // Who calls this requires the API's module anyway.
  public static OpenTelemetryTracing of(OpenTelemetry openTelemetry) {
    return new OpenTelemetryTracing(openTelemetry.getTracer("com.cruddur.db"));
  }

  @Override
  public QueryTracing.Span begin(String query, String operation) {
    return new QuerySpan(
        tracer
            .spanBuilder(query)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SYSTEM, "postgresql")
            .setAttribute(OPERATION, operation)
            .setAttribute(SUMMARY, query)
            .startSpan());
  }

  private record QuerySpan(io.opentelemetry.api.trace.Span span) implements QueryTracing.Span {

    @Override
    public void connected(String database, String host, int port) {
      span.setAttribute(NAMESPACE, database).setAttribute(ADDRESS, host);
      span.setAttribute(PORT, (long) port);
    }

    @Override
    public void end(long resultLength, @Nullable Throwable failure) {
      if (failure == null) {
        span.setAttribute(LENGTH, resultLength);
      } else {
        fail(failure);
      }
      span.end();
    }

    private void fail(Throwable failure) {
      String state = sqlState(failure);
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ERROR, state == null ? failure.getClass().getName() : state);
      if (state != null) {
        span.setAttribute(STATUS, state);
      }
    }

    private static @Nullable String sqlState(Throwable failure) {
      return switch (failure) {
        case CruddurDbException known -> known.sqlState().orElse(null);
        case SQLException sql -> sql.getSQLState();
        default -> null;
      };
    }
  }
}
