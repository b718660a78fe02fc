package com.cruddur.db.aws;

/** The one module of the AWS SDK that this package needs. */
final class SigningModule {

  private static final String SIGNER =
      "software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner";

  private SigningModule() {}

  /** Says what to add, which a NoClassDefFoundError would not. */
  static void require() {
    try {
      Class.forName(SIGNER, false, SigningModule.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(
          "Credentials from AWS need software.amazon.awssdk:http-auth-aws, 2.31 or newer. Add it to"
              + " the dependencies; on the module path add --add-modules"
              + " software.amazon.awssdk.http.auth.aws.",
          missing);
    }
  }
}
