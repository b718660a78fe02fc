package com.cruddur.db.cli;

/** Options that no command can make sense of; found after they were parsed. */
final class WrongUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongUsageException(String message) {
    super(message);
  }
}
