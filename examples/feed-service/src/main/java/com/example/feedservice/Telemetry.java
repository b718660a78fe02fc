package com.example.feedservice;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts and times requests, and makes a span of each: above them are the caller's, below the
 * queries'.
 */
final class Telemetry implements AutoCloseable {

  private static final Duration[] BUCKETS =
      Stream.of(2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final OpenTelemetrySdk spans;
  private final Tracer tracer;

  private Telemetry(OpenTelemetrySdk spans) {
    this.spans = spans;
    this.tracer = spans.getTracer("feed-service");
  }

  /** Spans go where OTEL_TRACES_EXPORTER says; without it they are made and go nowhere. */
  static Telemetry start() {
    Map<String, String> defaults =
        Map.of(
            "otel.service.name", "feed-service",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.traces.exporter", "none",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");
    return new Telemetry(
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesSupplier(() -> defaults)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk());
  }

  OpenTelemetry spans() {
    return spans;
  }

  MeterRegistry metrics() {
    return metrics;
  }

  Response scrape() {
    return Response.json(metrics.scrape().getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  }

  /** What answers a request. */
  interface Work {
    Response run() throws IOException;
  }

  Response watch(HttpExchange exchange, Route route, Work work) throws IOException {
    Timer.Sample sample = Timer.start(metrics);
    Span span = span(exchange, route);
    try (Scope scope = span.makeCurrent()) {
      Response response = work.run();
      span.setAttribute("http.response.status_code", response.status());
      if (response.status() >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      sample.stop(timer(route.method(), route.template(), response));
      return response;
    } finally {
      span.end();
    }
  }

  /** Counts a request for what there is not; no span is made of it, and its path is not told. */
  Response count(Response response) {
    timer("_OTHER", "none", response).record(Duration.ZERO);
    return response;
  }

  private Timer timer(String method, String route, Response response) {
    return Timer.builder("http.server.requests")
        .tags("method", method, "route", route, "status", String.valueOf(response.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(metrics);
  }

  private Span span(HttpExchange exchange, Route route) {
    Context caller =
        spans
            .getPropagators()
            .getTextMapPropagator()
            .extract(Context.root(), exchange.getRequestHeaders(), RequestHeaders.INSTANCE);
    return tracer
        .spanBuilder(route.method() + " " + route.template())
        .setParent(caller)
        .setSpanKind(SpanKind.SERVER)
        .setAttribute("http.request.method", route.method())
        .setAttribute("http.route", route.template())
        .startSpan();
  }

  private enum RequestHeaders implements TextMapGetter<Headers> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Headers headers) {
      return headers.keySet();
    }

    @Override
    public String get(Headers headers, String key) {
      return headers.getFirst(key);
    }
  }

  @Override
  public void close() {
    spans.close();
    metrics.close();
  }
}
