package com.example.feedservice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service as the web client does. */
final class Client {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  Client(int port) {
    base = "http://127.0.0.1:" + port;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no answer from " + request.build().uri(), failure);
    }
  }

  CompletableFuture<HttpResponse<String>> begin(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) {
    return send(to(path));
  }

  HttpResponse<String> post(String path, String caller, String body) {
    return send(posting(path, caller, body));
  }

  HttpRequest.Builder posting(String path, String caller, String body) {
    HttpRequest.Builder request = to(path).POST(BodyPublishers.ofString(body));
    return caller == null ? request : request.header("X-Cognito-User-Id", caller);
  }

  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  static String body(Map<String, ?> fields) {
    return JSON.writeValueAsString(fields);
  }

  /** Follows the cursors, and returns the messages in their order, page by page. */
  List<List<String>> pages(String path, String array) {
    List<List<String>> pages = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      HttpResponse<String> page = get(path + cursor);
      JsonNode rows = json(page).at(array);
      pages.add(rows.valueStream().map(row -> row.get("message").asString()).toList());
      cursor =
          page.headers()
              .firstValue("X-Next-Cursor")
              .map(next -> (path.contains("?") ? "&" : "?") + "cursor=" + next)
              .orElse(null);
    }
    return pages;
  }
}
