package com.cruddur.db;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a session is called in {@code pg_stat_activity}: the program that opened it. */
final class ProgramName {

  static final String LAMBDA = "AWS_LAMBDA_FUNCTION_NAME";
  private static final String UNKNOWN = "cruddur-db";

  /** What PostgreSQL keeps of an application name. */
  private static final int LONGEST = 63;

  private ProgramName() {}

  /** Returns the Lambda function, the jar or the main class, whichever there is. */
  static String of(Map<String, String> environment, Properties system) {
    String function = environment.get(LAMBDA);
    return limited(function == null ? ofCommand(system.getProperty("sun.java.command")) : function);
  }

  /**
   * Only the first word counts: what follows are the program's arguments, and nobody's business.
   */
  private static String ofCommand(@Nullable String command) {
    String program = command == null ? "" : command.strip().split("\\s", 2)[0];
    String file =
        program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
    return file.endsWith(".jar")
        ? file.substring(0, file.length() - ".jar".length())
        : file.substring(file.lastIndexOf('.') + 1);
  }

  private static String limited(String name) {
    String plain = name.replaceAll("[^ -~]", "?");
    return plain.isBlank() ? UNKNOWN : plain.substring(0, Math.min(LONGEST, plain.length()));
  }
}
