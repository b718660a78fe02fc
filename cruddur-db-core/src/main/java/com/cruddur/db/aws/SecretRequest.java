package com.cruddur.db.aws;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Asks Secrets Manager for the current version of a secret: one signed request, GetSecretValue of
 * its API. Not thread-safe in itself; whoever calls it takes care that one asks at a time.
 */
record SecretRequest(String secretId, String region, URI endpoint, AwsSigner signer) {

  /** Lambda's own time is 3 s by default, and a new connection has to follow. */
  private static final int TIMEOUT_MILLIS = 2_000;

  /** A secret has 64 KiB at most; in JSON, escaped twice, it is longer. */
  private static final int LONGEST = 1 << 20;

  private static final int SUCCESS = 200;

  /** The variables are those by which every AWS SDK is sent elsewhere. */
  static URI endpoint(String region, Map<String, String> environment) {
    String everywhere = environment.getOrDefault("AWS_ENDPOINT_URL", "");
    String given = environment.getOrDefault("AWS_ENDPOINT_URL_SECRETS_MANAGER", everywhere);
    return given.isEmpty() ? endpoint(region) : checked(URI.create(given));
  }

  static URI endpoint(String region) {
    String suffix = region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return URI.create("https://secretsmanager." + region + suffix);
  }

  static URI checked(URI endpoint) {
    if (endpoint.getHost() == null
        || !("https".equals(endpoint.getScheme())
            || ("http".equals(endpoint.getScheme()) && isThisMachine(endpoint.getHost())))) {
      throw new IllegalArgumentException(
          "The endpoint of Secrets Manager is an https:// URI with a host: a secret must not"
              + " travel in clear.");
    }
    return endpoint;
  }

  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }

  Secret send() {
    String body = "{\"SecretId\":\"" + JsonMembers.escape(secretId) + "\"}";
    try {
      return read(open(body), body);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "Secrets Manager did not answer at "
              + endpoint.getHost()
              + " ("
              + failure.getClass().getSimpleName()
              + "). Check that this machine reaches it: from a VPC that takes an endpoint or a NAT"
              + " gateway.",
          failure);
    }
  }

  private HttpURLConnection open(String body) throws IOException {
    SdkHttpRequest signed =
        signer.sign(
            SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath("/")
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
                .build(),
            region,
            details -> details.payload(ContentStreamProvider.fromUtf8String(body)));
    HttpURLConnection connection = (HttpURLConnection) signed.getUri().toURL().openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setDoOutput(true);
    signed.forEachHeader(
        (name, values) -> connection.setRequestProperty(name, String.join(",", values)));
    return connection;
  }

  private Secret read(HttpURLConnection connection, String body) throws IOException {
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    if (connection.getResponseCode() != SUCCESS) {
      throw refused(connection);
    }
    try (InputStream answer = connection.getInputStream()) {
      return Secret.of(secretId, text(answer));
    }
  }

  private IllegalStateException refused(HttpURLConnection connection) throws IOException {
    try (InputStream answer = connection.getErrorStream()) {
      Map<String, String> reason = JsonMembers.read(answer == null ? "" : text(answer));
      String type = reason.getOrDefault("__type", "no reason");
      String said = reason.getOrDefault("message", reason.getOrDefault("Message", ""));
      return new IllegalStateException(
          "Secrets Manager refused the secret %s in %s: %d %s%s. Check its name, the region, and the permission secretsmanager:GetSecretValue."
              .formatted(
                  secretId,
                  region,
                  connection.getResponseCode(),
                  type.substring(type.indexOf('#') + 1),
                  said.isEmpty() ? "" : ", " + said.replaceAll("\\p{Cntrl}|\\.+$", "")));
    }
  }

  private static String text(InputStream answer) throws IOException {
    return new String(answer.readNBytes(LONGEST), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "SecretRequest[" + secretId + "]";
  }
}
