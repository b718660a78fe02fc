package com.cruddur.db.benchmarks.coldstart;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.example.signup.PostConfirmation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Inserts a user through the function's handler. */
final class ByHandler {

  private static final String EVENT =
      """
      {"version":"1","triggerSource":"PostConfirmation_ConfirmSignUp","region":"eu-central-1",
       "userPoolId":"pool","userName":"%1$s","callerContext":{"awsSdkVersion":"3","clientId":"c"},
       "request":{"userAttributes":{"sub":"%1$s","email_verified":"true","name":"Name",
       "preferred_username":"handle-%1$s","email":"name@example.org"}},"response":{}}""";

  /** Lambda's own logger writes to a file descriptor too. */
  private static final FileOutputStream LOG = new FileOutputStream(FileDescriptor.err);

  private ByHandler() {}

  public static void main(String[] arguments) throws Exception {
    call(new PostConfirmation(), event(arguments[0]));
    Report.print();
  }

  static byte[] event(String sub) {
    return EVENT.formatted(sub).getBytes(StandardCharsets.UTF_8);
  }

  static void call(PostConfirmation handler, byte[] event) throws IOException {
    handler.handleRequest(
        new ByteArrayInputStream(event), new ByteArrayOutputStream(), new Call());
  }

  /** What a handler knows of its call. */
  private static final class Call implements Context {

    @Override
    public String getAwsRequestId() {
      return "request";
    }

    @Override
    public String getLogGroupName() {
      return "group";
    }

    @Override
    public String getLogStreamName() {
      return "stream";
    }

    @Override
    public String getFunctionName() {
      return "post-confirmation";
    }

    @Override
    public String getFunctionVersion() {
      return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "arn";
    }

    @Override
    public CognitoIdentity getIdentity() {
      return null;
    }

    @Override
    public ClientContext getClientContext() {
      return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
      return 5_000;
    }

    @Override
    public int getMemoryLimitInMB() {
      return 512;
    }

    @Override
    public LambdaLogger getLogger() {
      return new LambdaLogger() {
        @Override
        public void log(String message) {
          log(message.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void log(byte[] message) {
          try {
            LOG.write(message);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        }
      };
    }
  }
}
