package com.cruddur.db.aws;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** The AWS credentials of the environment's variables, as Lambda sets them. */
record AwsEnvironment(Map<String, String> variables)
    implements IdentityProvider<AwsCredentialsIdentity> {

  @Override
  public Class<AwsCredentialsIdentity> identityType() {
    return AwsCredentialsIdentity.class;
  }

  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    String token = variables.getOrDefault("AWS_SESSION_TOKEN", "");
    String id = required("AWS_ACCESS_KEY_ID");
    String secret = required("AWS_SECRET_ACCESS_KEY");
    return CompletableFuture.completedFuture(
        token.isEmpty()
            ? AwsCredentialsIdentity.create(id, secret)
            : AwsSessionCredentialsIdentity.create(id, secret, token));
  }

  private String required(String variable) {
    String value = variables.getOrDefault(variable, "");
    if (value.isEmpty()) {
      throw new IllegalStateException(
          variable
              + " is not set. Set it, or pass awsCredentials(DefaultCredentialsProvider.create())"
              + " of the AWS SDK's module auth.");
    }
    return value;
  }

  /** Shows no variable. */
  @Override
  public String toString() {
    return "AwsEnvironment";
  }
}
