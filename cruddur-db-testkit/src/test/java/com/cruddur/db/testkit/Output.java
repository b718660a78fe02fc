package com.cruddur.db.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Catches what is printed on standard error. Not for tests that run beside others. */
final class Output {

  private Output() {}

  static String during(Runnable work) {
    PrintStream usual = System.err;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(usual);
    }
    return caught.toString(StandardCharsets.UTF_8);
  }
}
