package com.cruddur.db.aws;

import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/** Signs requests as AWS wants them (Signature Version 4). */
record AwsSigner(
    String service,
    IdentityProvider<? extends AwsCredentialsIdentity> identities,
    Clock clock,
    AwsV4HttpSigner signer) {

  private static final long IDENTITY_SECONDS = 5;

  static AwsSigner of(
      String service, IdentityProvider<? extends AwsCredentialsIdentity> identities, Clock clock) {
    return new AwsSigner(service, identities, clock, AwsV4HttpSigner.create());
  }

  /** Returns the request with its signature, in headers unless the details say otherwise. */
  SdkHttpRequest sign(
      SdkHttpRequest request,
      String region,
      Consumer<SignRequest.Builder<AwsCredentialsIdentity>> details) {
    AwsCredentialsIdentity identity = identity();
    return signer
        .sign(
            signing -> {
              signing
                  .identity(identity)
                  .request(request)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                  .putProperty(HttpSigner.SIGNING_CLOCK, clock);
              details.accept(signing);
            })
        .request();
  }

  /** Some providers ask a service; none may keep a connection waiting for ever. */
  private AwsCredentialsIdentity identity() {
    try {
      return identities.resolveIdentity().get(IDENTITY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for AWS credentials");
    } catch (ExecutionException | TimeoutException failure) {
      throw new IllegalStateException(
          "There are no AWS credentials to sign with. Check the credentials provider of the AWS"
              + " SDK that was given.",
          failure);
    }
  }
}
