package com.example.feedservice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** Where every request comes in and every answer goes out. */
final class Front implements HttpHandler {

  private final Routes routes;
  private final Telemetry telemetry;
  private final Failures failures = new Failures();

  Front(Routes routes, Telemetry telemetry) {
    this.routes = routes;
    this.telemetry = telemetry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private Response answer(HttpExchange exchange) throws IOException {
    Route route;
    try {
      route = routes.find(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    } catch (Refusal unknown) {
      return telemetry.count(unknown.response());
    }
    return telemetry.watch(exchange, route, () -> answer(exchange, route));
  }

  private Response answer(HttpExchange exchange, Route route) throws IOException {
    try {
      Response response = route.handler().answer(Request.read(exchange, route));
      if (response.status() == 200) {
        failures.over();
      }
      return response;
    } catch (RuntimeException failure) {
      return failures.answer(route.method() + " " + route.template(), failure);
    }
  }
}
