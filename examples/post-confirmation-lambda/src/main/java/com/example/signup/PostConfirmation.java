package com.example.signup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.PoolSettings;
import com.cruddur.db.aws.RdsIamCredentials;
import com.cruddur.db.users.UserDao;
import com.cruddur.db.users.UserInsert;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

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
    if ("iam".equals(System.getenv("DATABASE_LOGIN"))) {
      settings.credentials(RdsIamCredentials.create());
    }
    return settings.build();
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
      UserInsert insert = USERS.insert(SignedUpUser.of(event));
      LogLine.of(insert.created() ? "inserted" : "already there").since(start).to(context);
    } catch (CruddurDbException failure) {
      LogLine.of("failed").with(failure).since(start).to(context);
      throw failure;
    }
  }
}
