package com.cruddur.db.cli;

/** How a command ends, for scripts. The help and docs/operations.md list them. */
final class ExitCode {

  static final int DONE = 0;

  /** Nothing was changed, unless the message says what was. */
  static final int FAILED = 1;

  static final int WRONG_USAGE = 2;

  /** A protected database, or an address that leaves in doubt what would be harmed. */
  static final int REFUSED = 3;

  /** The command did its work, and what it found needs a person. */
  static final int FOUND = 4;

  private ExitCode() {}
}
