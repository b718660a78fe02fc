package com.example.feedservice;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer. An error is an array of codes, such as {@code ["message_blank"]}, as it was with the
 * old API.
 */
record Response(int status, byte[] body, Map<String, String> headers) {

  /** JSON as it came from PostgreSQL. */
  static Response json(byte[] body) {
    return new Response(200, body, Map.of("Content-Type", "application/json"));
  }

  static Response json(String body) {
    return json(body.getBytes(StandardCharsets.UTF_8));
  }

  /** The code needs no escaping. */
  static Response error(int status, String code) {
    return json("[\"" + code + "\"]").with(status);
  }

  static Response notNow(String code) {
    return error(503, code).with("Retry-After", "1");
  }

  Response with(int other) {
    return new Response(other, body, headers);
  }

  Response with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Response(status, body, more);
  }

  Response next(Optional<?> cursor) {
    return cursor.map(next -> with("X-Next-Cursor", next.toString())).orElse(this);
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    // The server's -1 means that nothing follows, its 0 that nobody knows how much does.
    exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
    if (!isHead && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
