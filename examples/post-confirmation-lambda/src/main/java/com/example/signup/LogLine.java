package com.example.signup;

import com.amazonaws.services.lambda.runtime.Context;
import com.cruddur.db.CruddurDbException;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;

/** One line of JSON for each call. It holds nothing about the person. */
final class LogLine {

  private final StringWriter line = new StringWriter();
  private final JsonWriter json = new JsonWriter(line);

  private LogLine() {}

  static LogLine of(String outcome) throws IOException {
    LogLine line = new LogLine();
    line.json.beginObject();
    return line.with("outcome", outcome);
  }

  LogLine with(String key, String value) throws IOException {
    json.name(key).value(value);
    return this;
  }

  /** The kind of a failure, and its message, in which the library puts no value of a row. */
  LogLine with(CruddurDbException failure) throws IOException {
    with("error", failure.getClass().getSimpleName());
    with("sql_state", failure.sqlState().orElse(null));
    return with("message", failure.getMessage());
  }

  LogLine since(long start) throws IOException {
    json.name("ms").value(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return this;
  }

  void to(Context context) throws IOException {
    with("request", context.getAwsRequestId());
    json.endObject();
    context.getLogger().log(line.append('\n').toString());
  }
}
