package com.cruddur.db.cli;

/** What the user is told about a failure. The library's messages name cause and remedy already. */
final class ErrorText {

  private ErrorText() {}

  static String of(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName() + ". Run the command again with --verbose.";
    }
    return message.strip();
  }
}
