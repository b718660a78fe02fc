package com.cruddur.db.testkit;

import java.io.IOException;

/** A server ended before it was ready, or did not get ready in time. */
final class StartFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  StartFailedException(String message) {
    super(message);
  }

  boolean isPortTaken() {
    return getMessage() != null && getMessage().contains(Remedy.PORT_TAKEN);
  }
}
