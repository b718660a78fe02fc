package com.cruddur.db;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Tells what a new connection logs in with. A pool asks before each connection that it makes, so
 * that a password or token may change while a program runs; connections that are open stay so.
 *
 * <p>If the server refuses the login (SQLSTATE 28P01 or 28000), the provider is asked once more, by
 * {@link #afterRefusal}, and what it answers is tried unless it is the same.
 *
 * <p>Given to a pool with {@link PoolSettings.Builder#credentials}. For AWS there are {@code
 * SecretsManagerCredentials} and {@code RdsIamCredentials} in {@code com.cruddur.db.aws}. Must be
 * thread-safe: a pool asks on threads of its own. What it throws ends the attempt to connect, and
 * its message is shown, so it must hold no secret.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CredentialsProvider {

  /**
   * Returns what the next connection logs in with. May come from a cache.
   *
   * @param url the database that is connected to
   * @return user and password; the URL's own are not looked at
   */
  Credentials credentials(ConnectionUrl url);

  /**
   * Returns what to log in with now that the server has refused other credentials; no cache must
   * answer with those again. The default asks {@link #credentials} again.
   *
   * @param url the database that is connected to
   * @param refused what the server refused
   * @return user and password; the login is not repeated if they are those that were refused
   */
  default Credentials afterRefusal(ConnectionUrl url, Credentials refused) {
    return credentials(url);
  }

  /**
   * Returns a provider that always answers the same.
   *
   * @param user the name of the role
   * @param password the password, in clear
   * @return a provider whose {@code toString} has no password
   */
  static CredentialsProvider fixed(String user, String password) {
    return new FixedCredentials(new Credentials(user, password));
  }

  /**
   * Returns a provider that takes the user from the URL and the password from a file, such as a
   * mounted secret of Kubernetes or Docker. The file is read for each new connection.
   *
   * @param password a file in UTF-8 of at most 64 KiB; one line break at its end does not count
   * @return a provider that keeps no password in memory
   */
  static CredentialsProvider passwordFile(Path password) {
    return new FileCredentials(null, Objects.requireNonNull(password, "password"));
  }

  /**
   * Returns a provider that takes user and password from two files, such as a mounted secret. They
   * are read for each new connection.
   *
   * @param user a file like the other
   * @param password a file in UTF-8 of at most 64 KiB; one line break at its end does not count
   * @return a provider that keeps no password in memory
   */
  static CredentialsProvider files(Path user, Path password) {
    return new FileCredentials(
        Objects.requireNonNull(user, "user"), Objects.requireNonNull(password, "password"));
  }
}
