package com.example.signup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CredentialsProvider;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.PoolSettings;
import com.cruddur.db.aws.RdsIamCredentials;
import com.cruddur.db.aws.SecretsManagerCredentials;
import com.cruddur.db.users.NewUser;
import com.cruddur.db.users.UserDao;
import com.cruddur.db.users.UserInsert;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What Cognito calls after a user has confirmed the sign-up: inserts the user into Cruddur's
 * database and returns the event, byte by byte as it came.
 *
 * <p>A failure is thrown, so that Cognito shows it and nobody silently lacks a row. The insert may
 * be repeated: a second event of the same user changes nothing.
 */
public final class PostConfirmation implements RequestStreamHandler {

  // One pool for all calls of this instance, made while Lambda initialises it. It connects at the
  // first insert, and again when a connection did not survive the time between two calls.
  private static final UserDao USERS =
      UserDao.of(PoolFactory.create(ConnectionUrl.fromEnvironment(), settings()));

  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final String SIGN_UP = "PostConfirmation_ConfirmSignUp";

  /**
   * Cognito waits for 5 s. Connecting ends before the wait for a connection does, so that its
   * failure is told and not only that the wait was in vain; then the insert has its time.
   */
  private static PoolSettings settings() {
    PoolSettings.Builder settings =
        PoolSettings.builder()
            .connectTimeout(Duration.ofSeconds(2))
            .acquireTimeout(Duration.ofMillis(2_100))
            .lockTimeout(Duration.ofMillis(600))
            .statementTimeout(Duration.ofMillis(700))
            .socketTimeout(Duration.ofSeconds(1));
    login().ifPresent(settings::credentials);
    return settings.build();
  }

  /** How the function logs in, unless the connection URL holds a password. */
  private static Optional<CredentialsProvider> login() {
    String secret = System.getenv("DATABASE_SECRET");
    if (secret != null) {
      return Optional.of(SecretsManagerCredentials.of(secret));
    }
    return "iam".equals(System.getenv("DATABASE_LOGIN"))
        ? Optional.of(RdsIamCredentials.create())
        : Optional.empty();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    byte[] json = input.readAllBytes();
    CognitoUserPoolPostConfirmationEvent event = SignUpEvent.read(json);
    // The same trigger fires after a password reset.
    if (SIGN_UP.equals(event.getTriggerSource())) {
      insert(event, context);
    } else {
      LogLine.of("ignored").with("trigger", event.getTriggerSource()).to(context);
    }
    output.write(json);
  }

  private static void insert(CognitoUserPoolPostConfirmationEvent event, Context context)
      throws IOException {
    long start = System.nanoTime();
    try {
      UserInsert insert = insertAlsoOverALostSession(SignedUpUser.of(event), start);
      LogLine.of(insert.created() ? "inserted" : "already there").since(start).to(context);
    } catch (CruddurDbException failure) {
      LogLine.of("failed").with(failure).since(start).to(context);
      throw failure;
    }
  }

  /**
   * A session that ended a moment ago, as by a restart, shows only when it is used. The insert may
   * be repeated, if that leaves the second attempt its time.
   */
  private static UserInsert insertAlsoOverALostSession(NewUser user, long start) {
    try {
      return USERS.insert(user);
    } catch (CruddurDbException failure) {
      if (isLostSession(failure) && System.nanoTime() - start < AT_ONCE.toNanos()) {
        return USERS.insert(user);
      }
      throw failure;
    }
  }

  private static boolean isLostSession(CruddurDbException failure) {
    return !(failure instanceof ConnectionFailedException)
        && failure.sqlState().filter(state -> state.matches("08...|57P0[123]")).isPresent();
  }
}
