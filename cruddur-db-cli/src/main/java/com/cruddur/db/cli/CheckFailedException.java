package com.cruddur.db.cli;

/** A step of check that found something wrong. */
final class CheckFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String state;
  private final String detail;
  private final String remedy;

  private CheckFailedException(String state, String detail, String remedy) {
    super(detail);
    this.state = state;
    this.detail = detail;
    this.remedy = remedy;
  }

  static CheckFailedException failed(String detail, String remedy) {
    return new CheckFailedException("failed", detail, remedy);
  }

  static CheckFailedException warning(String detail, String remedy) {
    return new CheckFailedException("warning", detail, remedy);
  }

  String state() {
    return state;
  }

  String detail() {
    return detail;
  }

  String remedy() {
    return remedy;
  }
}
