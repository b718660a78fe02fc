package com.example.signup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers at this machine as AWS Secrets Manager does, with a secret that can be rotated. */
final class SecretsManager implements AutoCloseable {

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final AtomicInteger requests = new AtomicInteger();
  private final String user;
  private volatile String password;

  SecretsManager(String user, String password) throws IOException {
    this.user = user;
    this.password = password;
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] json =
        "{\"SecretString\":\"{\\\"username\\\":\\\"%s\\\",\\\"password\\\":\\\"%s\\\"}\"}"
            .formatted(user, password)
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      boolean signed = exchange.getRequestHeaders().containsKey("Authorization");
      exchange.sendResponseHeaders(signed ? 200 : 403, json.length);
      exchange.getResponseBody().write(json);
    }
  }

  /** What Lambda and its owner set for a function that reads this secret. */
  Map<String, String> variables() {
    return Map.of(
        "DATABASE_SECRET", "cruddur/signup",
        "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:" + server.getAddress().getPort(),
        "AWS_REGION", "eu-central-1",
        "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY", "of-the-test");
  }

  void rotate(String newPassword) {
    password = newPassword;
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
