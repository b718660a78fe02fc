package com.cruddur.db.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.Credentials;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsManagerCredentialsTest {

  private static final ConnectionUrl URL =
      ConnectionUrl.parse("postgresql://zoe@localhost/cruddur");
  private static final String CANARY = "Kan4rie";

  private FakeSecretsManager service;
  private SecretsManagerCredentials credentials;

  @BeforeEach
  void start() throws Exception {
    service = new FakeSecretsManager();
    credentials = service.credentials();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void readsTheSecretThatRdsStores() {
    String password = "a\"b\\c/d\u00e9\t\u20ac{}:,\uD83D\uDE00";
    service.store("ann", password);
    assertThat(credentials.credentials(URL).user()).isEqualTo("ann");
    assertThat(credentials.credentials(URL).password()).isEqualTo(password);
  }

  @Test
  void asksOnceAndKeepsTheAnswer() {
    service.store("ann", "one");
    credentials.credentials(URL);
    service.store("ann", "two");
    assertThat(credentials.credentials(URL).password()).isEqualTo("one");
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void asksAgainAfterARefusal() {
    service.store("ann", "one");
    Credentials refused = credentials.credentials(URL);
    service.store("ann_clone", "two");
    Credentials fresh = credentials.afterRefusal(URL, refused);
    assertThat(fresh).isEqualTo(new Credentials("ann_clone", "two"));
    assertThat(credentials.credentials(URL)).isEqualTo(fresh);
    assertThat(service.requests()).isEqualTo(2);
  }

  @Test
  void asksOnceForAllThatWereRefusedTogether() throws Exception {
    service.store("ann", "one");
    Credentials refused = credentials.credentials(URL);
    service.store("ann", "two");
    service.delay(100);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Credentials>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(threads.submit(() -> credentials.afterRefusal(URL, refused)));
      }
      for (Future<Credentials> answer : answers) {
        assertThat(answer.get().password()).isEqualTo("two");
      }
    }
    assertThat(service.requests()).isEqualTo(2);
  }

  @Test
  void takesTheUserOfTheUrlIfTheSecretHasNone() {
    service.answer(200, "{\"SecretString\":\"{\\\"password\\\":\\\"one\\\"}\"}");
    assertThat(credentials.credentials(URL)).isEqualTo(new Credentials("zoe", "one"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"SecretString\":\"Kan4rie\"}",
        "{\"SecretString\":\"{\\\"password\\\":{\\\"x\\\":\\\"Kan4rie\\\"}}\"}",
        "{\"SecretString\":\"{\\\"password\\\":\\\"Kan4rie\"}",
        "{\"SecretString\":\"{\\\"password\\\":\\\"Kan4rie\\\\u12",
        "{\"SecretBinary\":\"Kan4rie\"}",
        "Kan4rie",
        "",
      })
  void saysWhatIsMissingAndShowsNothing(String answer) {
    service.answer(200, answer);
    assertThatThrownBy(() -> credentials.credentials(URL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Store a JSON object with username and password")
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(CANARY));
  }

  @Test
  void passesOnWhatAwsAnswered() {
    service.answer(
        400,
        "{\"__type\":\"com.amazonaws#ResourceNotFoundException\",\"Message\":\"Secrets Manager"
            + " can't find the specified secret.\"}");
    assertThatThrownBy(() -> credentials.credentials(URL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "in eu-central-1: 400 ResourceNotFoundException, Secrets Manager can't find the"
                + " specified secret. Check")
        .hasMessageContaining("secretsmanager:GetSecretValue");
  }

  @Test
  void asksAgainAfterAnAnswerThatWasNone() {
    service.answer(500, "");
    assertThatThrownBy(() -> credentials.credentials(URL)).hasMessageContaining("500 no reason");
    service.store("ann", "one");
    assertThat(credentials.credentials(URL).password()).isEqualTo("one");
  }

  @Test
  void waitsForNoAnswerWithoutEnd() {
    service.delay(60_000);
    long start = System.nanoTime();
    assertThatThrownBy(() -> credentials.credentials(URL))
        .hasMessageContaining("did not answer at 127.0.0.1 (SocketTimeoutException)");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void letsNoSecretTravelInClear() {
    assertThatThrownBy(
            () -> SecretsManagerCredentials.builder("x").endpoint(URI.create("http://10.0.0.1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not travel in clear");
  }

  @Test
  void findsTheRegionInTheArn() {
    String arn = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:cruddur-a1b2c3";
    assertThat(AwsRegion.ofSecret(null, arn, java.util.Map.of())).isEqualTo("cn-north-1");
    assertThat(SecretRequest.endpoint("cn-north-1"))
        .hasToString("https://secretsmanager.cn-north-1.amazonaws.com.cn");
    assertThat(SecretsManagerCredentials.of(arn))
        .hasToString("SecretsManagerCredentials[" + arn + "]");
    assertThatThrownBy(() -> SecretsManagerCredentials.builder("x").region("evil.example/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void asksWhereTheVariablesOfEveryAwsSdkSay() {
    Map<String, String> one = Map.of("AWS_ENDPOINT_URL", "https://all.example.org");
    Map<String, String> both =
        Map.of(
            "AWS_ENDPOINT_URL", "https://all.example.org",
            "AWS_ENDPOINT_URL_SECRETS_MANAGER", "https://secrets.example.org:8443");
    assertThat(SecretRequest.endpoint("eu-west-1", one)).hasHost("all.example.org");
    assertThat(SecretRequest.endpoint("eu-west-1", both)).hasHost("secrets.example.org");
    assertThat(SecretRequest.endpoint("eu-west-1", Map.of()))
        .hasHost("secretsmanager.eu-west-1.amazonaws.com");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SecretRequest.endpoint("x", Map.of("AWS_ENDPOINT_URL", "http://198.51.100.1")));
  }
}
