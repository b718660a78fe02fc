package com.cruddur.db;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.json.SqlTemplate;
import com.cruddur.db.otel.OpenTelemetryTracing;
import com.cruddur.db.users.NewUser;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracingTest {

  private static final String CANARY = "Kan4rie";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();

  private ConnectionUrl url;
  private CruddurDb db;

  @BeforeEach
  void open() {
    url = TestServer.migratedDatabase();
    db = CruddurDb.builder().url(url).tracing(OpenTelemetryTracing.of(telemetry)).build();
    db.users().insert(NewUser.of("sub-" + CANARY, CANARY, CANARY, null));
    spans.reset();
  }

  @AfterEach
  void close() {
    db.close();
    telemetry.close();
  }

  @Test
  void makesASpanOfEachQueryWithTheStableAttributesAndNoOthers() {
    db.activities().create(NewActivity.of("sub-" + CANARY, CANARY, Ttl.ONE_DAY));
    db.activities().create(NewActivity.of("sub-" + CANARY, CANARY, Ttl.ONE_DAY));
    spans.reset();
    db.activities().home(FeedRequest.first(20));
    SpanData span = onlySpan();
    assertThat(span.getName()).isEqualTo("activities.home");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(span.getAttributes().asMap())
        .isEqualTo(
            Attributes.builder()
                .put("db.system.name", "postgresql")
                .put("db.namespace", url.database())
                .put("db.operation.name", "SELECT")
                .put("db.query.summary", "activities.home")
                .put("server.address", "localhost")
                .put("server.port", url.hosts().get(0).port())
                .put("app.result_length", 2)
                .build()
                .asMap());
  }

  @Test
  void tellsTheSqlStateOfAFailureAndNothingElseOfIt() {
    SqlTemplate faulty = SqlTemplate.of("SELECT :value::uuid").bind("value", CANARY);
    assertThatThrownBy(() -> db.json().value(faulty, String.class))
        .isInstanceOf(CruddurDbException.class);
    SpanData span = onlySpan();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().get(stringKey("error.type"))).isEqualTo("22P02");
    assertThat(span.getAttributes().get(stringKey("db.response.status_code"))).isEqualTo("22P02");
    assertThat(span.getAttributes().get(longKey("app.result_length"))).isNull();
    assertThat(span.toString()).doesNotContain(CANARY);
  }

  @Test
  void tellsTheClassOfAFailureWithoutSqlState() {
    NewActivity ofNobody = NewActivity.of("sub-nobody", "hello", Ttl.ONE_DAY);
    assertThatThrownBy(() -> db.activities().create(ofNobody))
        .isInstanceOf(UnknownUserException.class);
    assertThat(onlySpan().getAttributes().get(stringKey("error.type")))
        .isEqualTo(UnknownUserException.class.getName());
  }

  @Test
  void namesEveryKindOfQuery() throws Exception {
    db.users().findByHandle("nobody");
    db.users().page(CANARY);
    db.json().execute(SqlTemplate.of("UPDATE users SET bio = 'x'"));
    db.json().array(SqlTemplate.of("SELECT handle FROM users")).asBytes();
    db.json()
        .array(SqlTemplate.of("SELECT 1 AS one UNION SELECT 2"))
        .writeTo(new ByteArrayOutputStream());
    db.json().object(SqlTemplate.of("SELECT 1 AS one")).asString();
    db.dsl().fetch("SELECT * FROM users");
    db.reader().users().findByHandle(CANARY);
    assertThat(spans.getFinishedSpanItems())
        .extracting(
            SpanData::getName,
            span -> span.getAttributes().get(stringKey("db.operation.name")),
            span -> span.getAttributes().get(longKey("app.result_length")))
        .containsExactly(
            tuple("users.find_by_handle", "SELECT", 0L),
            tuple("users.page", "SELECT", 0L),
            tuple("json.execute", "UPDATE", 1L),
            tuple("json.array", "SELECT", 1L),
            tuple("json.stream", "SELECT", 2L),
            tuple("json.object", "SELECT", 1L),
            tuple("dsl.select", "SELECT", 1L),
            tuple("users.find_by_handle", "SELECT", 1L));
    assertThat(spans.getFinishedSpanItems().toString()).doesNotContain(CANARY);
  }

  @Test
  void hangsTheQueriesOfATransactionUnderTheCurrentSpan() {
    Span request = telemetry.getTracer("test").spanBuilder("request").startSpan();
    try (Scope current = request.makeCurrent()) {
      db.transaction(
          tx -> {
            tx.users().findByHandle(CANARY);
            return tx.dsl().fetchValue("SELECT 1");
          });
      assertThat(current).isNotNull();
    }
    request.end();
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactly("users.find_by_handle", "dsl.select", "request");
    assertThat(spans.getFinishedSpanItems().subList(0, 2))
        .extracting(SpanData::getParentSpanId)
        .containsOnly(request.getSpanContext().getSpanId());
  }

  @Test
  void makesASpanOfAQueryThatGotNoConnection() {
    db.close();
    assertThatThrownBy(() -> db.users().findByHandle(CANARY))
        .isInstanceOf(ConnectionFailedException.class);
    assertThat(onlySpan().getAttributes().get(stringKey("server.address"))).isNull();
    assertThat(onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  private SpanData onlySpan() {
    List<SpanData> finished = spans.getFinishedSpanItems();
    assertThat(finished).hasSize(1);
    return finished.get(0);
  }
}
