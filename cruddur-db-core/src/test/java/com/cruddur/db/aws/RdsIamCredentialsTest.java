package com.cruddur.db.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.ConnectionUrl.HostPort;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RdsIamCredentialsTest {

  private static final String RDS = "cruddur.c1abc.us-east-1.rds.amazonaws.com";
  private static final Instant MOMENT = Instant.parse("2016-11-07T17:39:33Z");
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "access_key", "AWS_SECRET_ACCESS_KEY", "secret_key");

  /** The signature is the one that the AWS SDK's own tests of its RDS utilities expect. */
  @Test
  void signsAsTheUtilitiesOfRdsDo() {
    RdsIamCredentials credentials =
        builder(MOMENT)
            .region("us-east-1")
            .endpoint(new HostPort("host.us-east-1.amazonaws.com", 3306))
            .build();
    String token = credentials.credentials(url("mySQLUser", RDS, "")).password();
    assertThat(token).startsWith("host.us-east-1.amazonaws.com:3306/?");
    assertThat(token.substring(token.indexOf('?') + 1).split("&"))
        .containsExactlyInAnyOrder(
            "DBUser=mySQLUser",
            "Action=connect",
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "X-Amz-Date=20161107T173933Z",
            "X-Amz-SignedHeaders=host",
            "X-Amz-Expires=900",
            "X-Amz-Credential=access_key%2F20161107%2Fus-east-1%2Frds-db%2Faws4_request",
            "X-Amz-Signature=87ab58107ef49f1c311a412f98b7f976b0b5152ffb559f0d36c6c9a0c5e0e362");
  }

  @Test
  void signsANewTokenForEachConnectionSoThatNoneIsOld() {
    String first = token(builder(MOMENT).build());
    String later = token(builder(MOMENT.plus(Duration.ofMinutes(16))).build());
    assertThat(first).contains("X-Amz-Date=20161107T173933Z", "X-Amz-Expires=900");
    assertThat(later).contains("X-Amz-Date=20161107T175533Z").isNotEqualTo(first);
  }

  @Test
  void takesTheCurrentTime() {
    String token = token(RdsIamCredentials.builder().awsCredentials(keys(KEYS)).build());
    String date = token.replaceFirst(".*X-Amz-Date=(\\d{8}T\\d{6}Z).*", "$1");
    Instant signed =
        Instant.parse(date.replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
    assertThat(Duration.between(signed, Instant.now())).isLessThan(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({
    "cruddur.c1abc.us-east-1.rds.amazonaws.com, us-east-1",
    "cruddur.cluster-ro-c1abc.eu-central-1.rds.amazonaws.com, eu-central-1",
    "p.proxy-c1abc.ap-southeast-2.rds.amazonaws.com, ap-southeast-2",
    "cruddur.c1abc.cn-north-1.rds.amazonaws.com.cn, cn-north-1",
    "cruddur.c1abc.rds.cn-northwest-1.amazonaws.com.cn, cn-northwest-1",
    "cruddur.c1abc.us-gov-west-1.rds.amazonaws.com, us-gov-west-1",
  })
  void findsTheRegionInTheNameOfTheHost(String host, String region) {
    RdsIamCredentials credentials = builder(MOMENT).build();
    assertThat(token(credentials, host)).contains("%2F" + region + "%2Frds-db%2Faws4_request");
  }

  @Test
  void carriesTheTokenOfTheAwsSession() {
    Map<String, String> session =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "Kan4rie",
            "AWS_SESSION_TOKEN", "of/the+session");
    String token = token(RdsIamCredentials.builder().awsCredentials(keys(session)).build());
    assertThat(token).contains("X-Amz-Security-Token=of%2Fthe%2Bsession").doesNotContain("Kan4rie");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "allow", "prefer"})
  void letsNoTokenTravelWithoutTls(String mode) {
    assertThatThrownBy(
            () -> builder(MOMENT).build().credentials(url("ann", RDS, "?sslmode=" + mode)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sslmode=verify-full");
    assertThatThrownBy(() -> builder(MOMENT).build().credentials(url("ann", "localhost", "")))
        .hasMessageContaining("sslmode=verify-full");
  }

  @Test
  void refusesSeveralHostsBecauseATokenIsForOne() {
    assertThatThrownBy(() -> builder(MOMENT).build().credentials(url("ann", RDS + ",other", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 2")
        .hasMessageContaining("cluster's endpoint");
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThatThrownBy(
            () -> token(RdsIamCredentials.builder().awsCredentials(keys(Map.of())).build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("AWS_ACCESS_KEY_ID is not set")
        .hasMessageContaining("DefaultCredentialsProvider");
    assertThatThrownBy(() -> AwsRegion.ofHost(null, "localhost", Map.of()))
        .hasMessageContaining("AWS_REGION is not set");
    assertThat(AwsRegion.ofHost(null, "localhost", Map.of("AWS_REGION", "eu-west-3")))
        .isEqualTo("eu-west-3");
  }

  @Test
  void showsNoSecret() {
    assertThat(builder(MOMENT).build().toString() + keys(KEYS))
        .isEqualTo("RdsIamCredentials[region=that of the host]AwsEnvironment");
  }

  private static AwsEnvironment keys(Map<String, String> variables) {
    return new AwsEnvironment(variables);
  }

  private static RdsIamCredentials.Builder builder(Instant now) {
    return RdsIamCredentials.builder()
        .awsCredentials(keys(KEYS))
        .clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private static String token(RdsIamCredentials credentials) {
    return token(credentials, RDS);
  }

  private static String token(RdsIamCredentials credentials, String host) {
    return credentials.credentials(url("ann", host, "")).password();
  }

  private static ConnectionUrl url(String user, String hosts, String parameters) {
    return ConnectionUrl.parse("postgresql://" + user + "@" + hosts + "/cruddur" + parameters);
  }
}
