package com.cruddur.db.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * Answers GetSecretValue as Secrets Manager does, after checking the signature by the published
 * rules (AWS, "Create a signed AWS API request") and not by the SDK.
 */
public final class FakeSecretsManager implements AutoCloseable {

  private static final String SECRET_KEY = "Kan4rie/aws+key";

  /** The name of the secret; its quotes have to be escaped. */
  public static final String SECRET = "cruddur/\"db\"";

  /** The variables of the environment that let one in. */
  public static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "access_key", "AWS_SECRET_ACCESS_KEY", SECRET_KEY);

  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile String answer = "";
  private volatile int status = 200;
  private volatile long delay;

  public FakeSecretsManager() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /** Stores the secret that RDS would have. */
  public void store(String user, String password) {
    String secret =
        "{\"engine\":\"postgres\",\"port\":5432,\"username\":\"%s\",\"password\":\"%s\"}"
            .formatted(JsonMembers.escape(user), JsonMembers.escape(password));
    answer(
        200,
        "{\"ARN\":\"arn:aws:x\",\"CreatedDate\":1.7E9,\"VersionStages\":[\"AWSCURRENT\"],"
            + "\"Name\":\"cruddur\",\"SecretString\":\""
            + JsonMembers.escape(secret)
            + "\"}");
  }

  void answer(int newStatus, String body) {
    status = newStatus;
    answer = body;
  }

  void delay(long millis) {
    delay = millis;
  }

  public int requests() {
    return requests.get();
  }

  public SecretsManagerCredentials credentials() {
    return SecretsManagerCredentials.builder(SECRET)
        .region("eu-central-1")
        .endpoint(endpoint())
        .awsCredentials(identities())
        .build();
  }

  /** The AWS credentials that let one in. */
  @SuppressWarnings("exports")
  public static IdentityProvider<AwsCredentialsIdentity> identities() {
    return new AwsEnvironment(KEYS);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Thread.sleep(delay);
      String fault = fault(exchange, body);
      String text = fault == null ? answer : "{\"__type\":\"" + fault + "\"}";
      exchange.sendResponseHeaders(fault == null ? status : 403, 0);
      exchange.getResponseBody().write(text.getBytes(UTF_8));
    } catch (InterruptedException | GeneralSecurityException failure) {
      throw new IOException(failure);
    }
  }

  private static String fault(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
    Headers headers = exchange.getRequestHeaders();
    if (!exchange.getRequestMethod().equals("POST")
        || !"secretsmanager.GetSecretValue".equals(headers.getFirst("X-Amz-Target"))
        || !"application/x-amz-json-1.1".equals(headers.getFirst("Content-Type"))
        || !new String(body, UTF_8).equals("{\"SecretId\":\"cruddur/\\\"db\\\"\"}")) {
      return "UnknownOperationException";
    }
    String[] parts =
        headers.getFirst("Authorization").split("[ ,]*(Credential|SignedHeaders|Signature)=");
    return parts[0].equals("AWS4-HMAC-SHA256")
            && parts[1].startsWith("access_key/")
            && parts[2].contains("host")
            && parts[3].equals(signature(exchange, parts[1], parts[2], body))
        ? null
        : "InvalidSignatureException";
  }

  private static String signature(
      HttpExchange exchange, String credential, String signedHeaders, byte[] body)
      throws GeneralSecurityException {
    StringBuilder canonical = new StringBuilder("POST\n/\n\n");
    for (String name : signedHeaders.split(";")) {
      canonical
          .append(name)
          .append(':')
          .append(exchange.getRequestHeaders().getFirst(name).strip());
      canonical.append('\n');
    }
    canonical.append('\n').append(signedHeaders).append('\n').append(sha256(body));
    String[] scope = credential.split("/", 2)[1].split("/");
    String toSign =
        "AWS4-HMAC-SHA256\n%s\n%s\n%s"
            .formatted(
                exchange.getRequestHeaders().getFirst("X-Amz-Date"),
                String.join("/", scope),
                sha256(canonical.toString().getBytes(UTF_8)));
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(UTF_8);
    for (String part : Arrays.asList(scope)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
