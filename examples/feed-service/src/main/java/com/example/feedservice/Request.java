package com.example.feedservice;

import com.cruddur.db.InvalidInputException;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;

/** A request, read to its end: whoever is slow to send it holds up nobody. */
final class Request {

  /** The longest reply fits, with every character of it escaped. */
  static final int MAX_BODY = 64 * 1024;

  private static final int PAGE = 20;
  private static final String UUID_FORM = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final String caller;
  private final Matcher path;
  private final Map<String, String> query;
  private final Map<String, String> fields;

  private Request(
      String caller, Matcher path, Map<String, String> query, Map<String, String> fields) {
    this.caller = caller;
    this.path = path;
    this.query = query;
    this.fields = fields;
  }

  static Request read(HttpExchange exchange, Route route) throws IOException {
    Matcher path = route.matcher(exchange.getRequestURI().getRawPath());
    path.matches();
    return new Request(
        exchange.getRequestHeaders().getFirst("X-Cognito-User-Id"),
        path,
        query(exchange.getRequestURI().getRawQuery()),
        route.method().equals("POST") ? JsonFields.read(body(exchange)) : Map.of());
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new Refusal(413, "body_too_large");
    }
    return body;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(400, "url_invalid");
    }
  }

  /** The Cognito user id of the caller, or null: in an example nobody has to prove it. */
  String caller() {
    return caller;
  }

  String handle() {
    return decode(path.group("handle").replace("+", "%2B"));
  }

  /** The uuid in the path, or null if what is there is none. */
  UUID uuid() {
    String text = path.group("uuid");
    return text.matches(UUID_FORM) ? UUID.fromString(text) : null;
  }

  /** A string of the body, or null. */
  String field(String name) {
    return fields.get(name);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** How many activities are wanted: 20 if nothing is said. */
  int limit() {
    String text = parameter("limit").orElse(String.valueOf(PAGE));
    if (!text.matches("[1-9][0-9]?|100")) {
      throw new InvalidInputException("limit_invalid", "The limit is none of 1 to 100.");
    }
    return Integer.parseInt(text);
  }
}
