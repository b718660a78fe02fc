package com.example.feedservice;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.PoolSettings;
import com.cruddur.db.migrations.MigrationException;
import com.cruddur.db.otel.OpenTelemetryTracing;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cruddur's API on the JDK's own HTTP server, a virtual thread for each request. */
public final class FeedService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedService.class);

  private final Telemetry telemetry = Telemetry.start();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private CruddurDb db;
  private HttpServer server;

  private FeedService() {}

  /** Serves until the process is told to stop (SIGTERM), and then ends with 143. */
  public static void main(String[] arguments) {
    try {
      ConnectionUrl url = ConnectionUrl.fromEnvironment();
      FeedService service = start(Settings.of(url, List.of(arguments), System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(service::close, "stop"));
      LOG.info("listening on port {}", service.port());
    } catch (IllegalArgumentException
        | IllegalStateException
        | CruddurDbException
        | MigrationException refusal) {
      System.err.println(refusal.getMessage());
      System.exit(1);
    }
  }

  static FeedService start(Settings settings) {
    FeedService service = new FeedService();
    try {
      service.open(settings);
      return service;
    } catch (RuntimeException refusal) {
      service.close();
      throw refusal;
    }
  }

  private void open(Settings settings) {
    db =
        CruddurDb.builder()
            .url(settings.url())
            .pool(pool(settings))
            .tracing(OpenTelemetryTracing.of(telemetry.spans()))
            .build();
    Schema.ready(db.dataSource(), settings.migrate());
    Admission admission = new Admission(settings);
    Routes routes = Routes.of(db, telemetry, admission);
    server = HttpPort.open(settings.port());
    server.createContext("/", new Front(routes, telemetry));
    server.setExecutor(threads);
    server.start();
  }

  private PoolSettings pool(Settings settings) {
    return PoolSettings.builder()
        .maximumSize(settings.poolSize())
        .acquireTimeout(settings.patience().plusSeconds(1))
        .applicationName("feed-service")
        .metrics(new MicrometerMetricsTrackerFactory(telemetry.metrics()))
        .build();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Takes no more requests, lets those that run come to their end, and only then the pool. */
  @Override
  public void close() {
    if (server != null) {
      server.stop(Settings.LONGEST_STOP_SECONDS);
    }
    threads.shutdownNow();
    if (db != null) {
      db.close();
    }
    telemetry.close();
    LOG.info("stopped");
  }
}
