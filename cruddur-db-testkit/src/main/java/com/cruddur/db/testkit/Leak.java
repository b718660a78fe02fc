package com.cruddur.db.testkit;

/**
 * What a test has left open, and where it was opened: the stack trace is that of the opening call.
 */
final class Leak extends Throwable {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final transient Thread thread = Thread.currentThread();
  private final long number;

  /** Made where the connection, transaction or pool is opened. */
  Leak(String kind, long number) {
    super(kind + " opened by the thread " + Thread.currentThread().getName() + " here");
    this.kind = kind;
    this.number = number;
  }

  String kind() {
    return kind;
  }

  /** Returns the same place as that of something else that was left open. */
  Leak as(String otherKind) {
    Leak other = new Leak(otherKind, number);
    other.setStackTrace(getStackTrace());
    return other;
  }

  /** Returns whether the current thread opened it, after what had the number. */
  boolean isOfThisThreadSince(long earlier) {
    return Thread.currentThread().equals(thread) && number > earlier;
  }
}
