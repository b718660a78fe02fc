package com.cruddur.db.cli;

/** A command that would harm what is protected: nothing was changed. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
