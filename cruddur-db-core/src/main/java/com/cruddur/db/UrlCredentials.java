package com.cruddur.db;

/** Takes user and password from the connection URL. */
final class UrlCredentials implements CredentialsProvider {

  static final CredentialsProvider INSTANCE = new UrlCredentials();

  private UrlCredentials() {}

  @Override
  public Credentials credentials(ConnectionUrl url) {
    return new Credentials(user(url), url.password().orElse(""));
  }

  /** Returns the user, or refuses a URL without one. */
  static String user(ConnectionUrl url) {
    return url.user()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The connection URL names no user. Write"
                        + " postgresql://user:password@host:5432/database"));
  }
}
