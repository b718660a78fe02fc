package com.example.signup;

import com.amazonaws.services.lambda.runtime.Context;
import com.cruddur.db.CruddurDbException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/** One line of JSON for each call. It holds nothing about the person. */
final class LogLine {

  private final StringJoiner members = new StringJoiner(",", "{", "}\n");

  private LogLine() {}

  static LogLine of(String outcome) {
    return new LogLine().with("outcome", outcome);
  }

  LogLine with(String key, String value) {
    members.add("\"" + key + "\":\"" + escaped(value) + "\"");
    return this;
  }

  /** The kind of a failure, and its message, in which the library puts no value of a row. */
  LogLine with(CruddurDbException failure) {
    with("error", failure.getClass().getSimpleName());
    failure.sqlState().ifPresent(state -> with("sql_state", state));
    return with("message", failure.getMessage());
  }

  LogLine since(long start) {
    members.add("\"ms\":" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return this;
  }

  private static String escaped(String value) {
    return value == null ? "" : new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }

  void to(Context context) {
    with("request", context.getAwsRequestId());
    context.getLogger().log(members.toString());
  }
}
