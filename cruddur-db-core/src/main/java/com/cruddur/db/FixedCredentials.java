package com.cruddur.db;

/** Answers always the same. */
record FixedCredentials(Credentials credentials) implements CredentialsProvider {

  @Override
  public Credentials credentials(ConnectionUrl url) {
    return credentials;
  }
}
