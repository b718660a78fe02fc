package com.cruddur.db.aws;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.Credentials;
import com.cruddur.db.CredentialsProvider;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * Logs in with a secret of AWS Secrets Manager, as RDS writes them: a JSON object with {@code
 * username} and {@code password}. Without {@code username} the user is the URL's.
 *
 * <p>The secret is asked for once and kept, and asked for again when the server refuses it: a
 * rotation costs one refused login, which nobody sees. While the password is changed already and
 * the secret is not, logins fail; let Secrets Manager rotate with alternating users, and there is
 * no such moment.
 *
 * <p>Needs the permission {@code secretsmanager:GetSecretValue} and {@code
 * software.amazon.awssdk:http-auth-aws}. Thread-safe; holds nothing to close.
 *
 * @since 0.1.0
 */
public final class SecretsManagerCredentials implements CredentialsProvider {

  private final SecretRequest request;

  /** Not {@code synchronized}: a virtual thread that waits for AWS must not hold its carrier. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable Secret known;

  private SecretsManagerCredentials(SecretRequest request) {
    this.request = request;
  }

  /**
   * Returns a provider that asks with the AWS credentials of the environment's variables.
   *
   * @param secretId the name or ARN of the secret
   * @return a new provider; it asks for the secret when it is asked first
   * @throws IllegalStateException if the AWS SDK's signing module is not on the class path, or if
   *     neither the ARN nor {@code AWS_REGION} tells a region
   */
  public static SecretsManagerCredentials of(String secretId) {
    return builder(secretId).build();
  }

  /**
   * Returns a builder, for what has a default otherwise.
   *
   * @param secretId the name or ARN of the secret
   * @return a new builder
   * @throws IllegalStateException if the AWS SDK's signing module is not on the class path
   */
  public static Builder builder(String secretId) {
    SigningModule.require();
    return new Builder(Objects.requireNonNull(secretId, "secretId"));
  }

  /**
   * Returns what the secret holds, from memory if it was asked for before.
   *
   * @throws IllegalStateException if the secret cannot be had; the message says what AWS answered
   */
  @Override
  public Credentials credentials(ConnectionUrl url) {
    Secret secret = known;
    return (secret == null ? ask(null) : secret).credentials(url);
  }

  /**
   * Returns what the secret holds now.
   *
   * @throws IllegalStateException if the secret cannot be had; the message says what AWS answered
   */
  @Override
  public Credentials afterRefusal(ConnectionUrl url, Credentials refused) {
    Secret secret = known;
    boolean isStale = secret == null || secret.credentials(url).equals(refused);
    return (isStale ? ask(secret) : secret).credentials(url);
  }

  /** Of many who were refused with the same secret one asks, and the others take the answer. */
  private Secret ask(@Nullable Secret stale) {
    lock.lock();
    try {
      Secret secret = known;
      if (secret == null || secret == stale) {
        secret = request.send();
        known = secret;
      }
      return secret;
    } finally {
      lock.unlock();
    }
  }

  /** Names the secret and shows nothing of it. */
  @Override
  public String toString() {
    return "SecretsManagerCredentials[" + request.secretId() + "]";
  }

  /**
   * Collects how the secret is asked for. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String secretId;
    private IdentityProvider<? extends AwsCredentialsIdentity> awsCredentials =
        new AwsEnvironment(System.getenv());
    private @Nullable String region;
    private @Nullable URI endpoint;

    private Builder(String secretId) {
      this.secretId = secretId;
    }

    /**
     * Sets the region of the secret. The default is the one in its ARN, or else {@code AWS_REGION}.
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
     * Sets where Secrets Manager is, such as an endpoint of a VPC. The default is {@code
     * AWS_ENDPOINT_URL_SECRETS_MANAGER}, else {@code AWS_ENDPOINT_URL}, else the region's public
     * endpoint.
     *
     * @param endpoint {@code https://} and a host, perhaps a port; {@code http://} for this machine
     *     only
     * @return this builder
     * @throws IllegalArgumentException if the secret would travel in clear
     */
    public Builder endpoint(URI endpoint) {
      this.endpoint = SecretRequest.checked(endpoint);
      return this;
    }

    /**
     * Returns the provider. Nothing is asked of AWS yet.
     *
     * @return a provider that this builder no longer changes
     * @throws IllegalStateException if neither this builder, the ARN nor {@code AWS_REGION} tells a
     *     region
     * @throws IllegalArgumentException if the endpoint of a variable would let the secret travel in
     *     clear
     */
    public SecretsManagerCredentials build() {
      String where = AwsRegion.ofSecret(region, secretId, System.getenv());
      URI to = endpoint == null ? SecretRequest.endpoint(where, System.getenv()) : endpoint;
      AwsSigner signer = AwsSigner.of("secretsmanager", awsCredentials, Clock.systemUTC());
      return new SecretsManagerCredentials(new SecretRequest(secretId, where, to, signer));
    }
  }
}
