package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void goFromEachPoolToMicrometer() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    ConnectionUrl url = TestServer.emptyDatabase();
    PoolSettings settings =
        PoolSettings.builder().metrics(new MicrometerMetricsTrackerFactory(registry)).build();
    try (CruddurDb db = CruddurDb.builder().url(url).readerUrl(url).pool(settings).build()) {
      db.reader().dsl().fetchValue("SELECT 1");
      db.transaction(
          tx -> {
            tx.dsl().fetchValue("SELECT 1");
            assertThat(active(registry, url, "")).isEqualTo(1.0);
            assertThat(active(registry, url, "-reader")).isZero();
            return null;
          });
    }
  }

  private static double active(SimpleMeterRegistry registry, ConnectionUrl url, String kind) {
    return registry
        .get("hikaricp.connections.active")
        .tag("pool", "cruddur-" + url.database() + kind)
        .gauge()
        .value();
  }
}
