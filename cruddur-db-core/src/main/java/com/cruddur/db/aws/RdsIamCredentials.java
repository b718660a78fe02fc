package com.cruddur.db.aws;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.ConnectionUrl.HostPort;
import com.cruddur.db.Credentials;
import com.cruddur.db.CredentialsProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * Logs in to Amazon RDS with IAM authentication: a token in the place of a password (AWS, "IAM
 * database authentication"). A token is good for 15 minutes; one is signed for each new connection,
 * without asking anybody.
 *
 * <p>The URL has one host, which the token is signed for, a user that was granted {@code rds_iam},
 * and TLS: by default for hosts of RDS, for others with {@code sslmode=require} or better. Needs
 * {@code software.amazon.awssdk:http-auth-aws}. Thread-safe; holds nothing to close.
 *
 * @since 0.1.0
 */
public final class RdsIamCredentials implements CredentialsProvider {

  private static final Duration VALIDITY = Duration.ofMinutes(15);

  private final AwsSigner signer;
  private final @Nullable String region;
  private final @Nullable HostPort endpoint;

  private RdsIamCredentials(Builder builder) {
    this.signer = AwsSigner.of("rds-db", builder.awsCredentials, builder.clock);
    this.region = builder.region;
    this.endpoint = builder.endpoint;
  }

  /**
   * Returns a provider that signs with the AWS credentials of the environment's variables, for the
   * region that the host's name tells.
   *
   * @return a new provider
   * @throws IllegalStateException if the AWS SDK's signing module is not on the class path
   */
  public static RdsIamCredentials create() {
    return builder().build();
  }

  /**
   * Returns a builder, for what has a default otherwise.
   *
   * @return a new builder
   * @throws IllegalStateException if the AWS SDK's signing module is not on the class path
   */
  public static Builder builder() {
    SigningModule.require();
    return new Builder();
  }

  /**
   * Returns the URL's user with a new token.
   *
   * @throws IllegalArgumentException if the URL has no user, several hosts, or no TLS
   * @throws IllegalStateException if there are no AWS credentials or no region to sign with
   */
  @Override
  public Credentials credentials(ConnectionUrl url) {
    HostPort host = onlyHost(url);
    requireTls(url, host);
    String user =
        url.user()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "IAM authentication needs the name of a user in the connection URL."));
    return new Credentials(user, token(endpoint == null ? host : endpoint, user));
  }

  private static HostPort onlyHost(ConnectionUrl url) {
    if (url.hosts().size() != 1) {
      throw new IllegalArgumentException(
          "A token of IAM is for one host, and the connection URL has "
              + url.hosts().size()
              + ". Name the cluster's endpoint alone: it follows a fail-over.");
    }
    return url.hosts().get(0);
  }

  /** Whoever reads a token is let in for as long as it lasts. */
  private static void requireTls(ConnectionUrl url, HostPort host) {
    String mode = url.parameters().get("sslmode");
    boolean sure =
        mode == null
            ? AwsRegion.isRds(host.host())
            : mode.startsWith("verify-") || mode.equals("require");
    if (!sure) {
      throw new IllegalArgumentException(
          "A token of IAM must not travel without TLS. Add sslmode=verify-full to the connection"
              + " URL.");
    }
  }

  private String token(HostPort host, String user) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol("https")
            .host(host.host())
            .port(host.port())
            .encodedPath("/")
            .putRawQueryParameter("DBUser", user)
            .putRawQueryParameter("Action", "connect")
            .build();
    SdkHttpRequest signed =
        signer.sign(
            request,
            AwsRegion.ofHost(region, host.host(), System.getenv()),
            details ->
                details
                    .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALIDITY));
    return signed.getUri().toString().substring("https://".length());
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "RdsIamCredentials[region=" + (region == null ? "that of the host" : region) + "]";
  }

  /**
   * Collects what tokens are signed with. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private IdentityProvider<? extends AwsCredentialsIdentity> awsCredentials =
        new AwsEnvironment(System.getenv());
    private @Nullable String region;
    private @Nullable HostPort endpoint;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Sets the region of the database. The default is the one in the host's name, or else {@code
     * AWS_REGION}.
     *
     * @param region such as {@code eu-central-1}
     * @return this builder
     */
    public Builder region(String region) {
      this.region = AwsRegion.checked(region);
      return this;
    }

    /**
     * Sets the AWS credentials, such as {@code DefaultCredentialsProvider} of the AWS SDK's module
     * {@code auth}. The default is {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and
     * {@code AWS_SESSION_TOKEN}, which Lambda sets.
     *
     * @param provider the caller closes it
     * @return this builder
     */
    @SuppressWarnings("exports") // Who calls this requires the SDK's module anyway.
    public Builder awsCredentials(IdentityProvider<? extends AwsCredentialsIdentity> provider) {
      this.awsCredentials = Objects.requireNonNull(provider, "provider");
      return this;
    }

    /**
     * Sets the endpoint of RDS that tokens are signed for, where the URL has another name for it: a
     * tunnel or an alias. The default is the URL's host.
     *
     * @param endpoint as RDS shows it
     * @return this builder
     */
    public Builder endpoint(HostPort endpoint) {
      this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
      return this;
    }

    Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Returns the provider. Nothing is asked of AWS yet.
     *
     * @return a provider that this builder no longer changes
     */
    public RdsIamCredentials build() {
      return new RdsIamCredentials(this);
    }
  }
}
